package procession.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"procession " + packaged().orElse("(not packaged)") + ", Java " + Runtime.version()};
    }

    /** The version in the manifest; empty if this does not come from a jar. */
    static Optional<String> packaged() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion());
    }
}
