package procession.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String packaged = Version.class.getPackage().getImplementationVersion();
        return new String[] {"procession " + (packaged == null ? "(not packaged)" : packaged) + ", Java " + Runtime.version()};
    }
}
