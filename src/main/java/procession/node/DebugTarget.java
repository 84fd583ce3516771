package procession.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.regex.Pattern;
import procession.ProcessStartException;
import procession.SettingsException;

/**
 * Which process is started under a debugger, as a setting says it: {@code NAME} or {@code NAME:PORT}. Names have colons, too, as {@code
 * Process-1:2}; so what is less than the first port that is not the system's own is a part of the name.
 *
 * @param name the process's name
 * @param port where it waits for a debugger; 0 for the usual port of debuggers or, if that is taken, any free one
 */
record DebugTarget(String name, int port) {

    static final String HOST = "127.0.0.1";
    static final int USUAL_PORT = 5005;
    private static final int FIRST_PORT = 1024;
    private static final int LAST_PORT = 65_535;
    private static final Pattern WITH_PORT = Pattern.compile("(.*):(\\d*)");

    /**
     * Reads the setting.
     *
     * @return which process; null for none
     */
    static DebugTarget of(String setting) {
        if (setting.isEmpty()) {
            return null;
        }
        var split = WITH_PORT.matcher(setting);
        var target = !split.matches() || isPartOfName(split.group(2)) ? new DebugTarget(setting, 0)
                : new DebugTarget(split.group(1), port(setting, split.group(2)));
        if (target.name.isEmpty()) {
            throw new SettingsException("procession.debug is '" + setting + "', which names no process; it is NAME or NAME:PORT.");
        }
        if (target.name.equals(MainRun.NAME)) {
            throw new SettingsException("procession.debug names " + MainRun.NAME + ", which runs already when it reads this; give its JVM"
                    + " the debugger's agent: JDK_JAVA_OPTIONS=" + agent(target.port == 0 ? USUAL_PORT : target.port)
                    + " in the environment. Its children do not inherit it.");
        }
        return target;
    }

    private static boolean isPartOfName(String digits) {
        return !digits.isEmpty() && !digits.startsWith("0") && digits.length() < 5 && Integer.parseInt(digits) < FIRST_PORT;
    }

    private static int port(String setting, String digits) {
        if (digits.isEmpty() || digits.startsWith("0") || digits.length() > 5 || Integer.parseInt(digits) > LAST_PORT) {
            throw new SettingsException("procession.debug is '" + setting + "'; its port is from " + FIRST_PORT + " to " + LAST_PORT
                    + ", or left out for " + USUAL_PORT + " or a free one.");
        }
        return Integer.parseInt(digits);
    }

    /** Refuses a port that is taken, before anything has been started for it. */
    void refuseIfTaken() {
        if (port != 0 && !isFree(port)) {
            throw new SettingsException("procession.debug: " + taken());
        }
    }

    /** The port for now. */
    int freePort() {
        if (port == 0) {
            return isFree(USUAL_PORT) ? USUAL_PORT : anyPort();
        }
        if (!isFree(port)) {
            throw new ProcessStartException("Process " + name + " cannot be started under a debugger: " + taken());
        }
        return port;
    }

    private String taken() {
        return "port " + port + " is in use on " + HOST + "; choose another, or none for any free one.";
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(HOST, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int anyPort() {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(HOST, 0));
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new ProcessStartException("No port is free for a debugger on " + HOST + ": " + none.getMessage(), none);
        }
    }

    /** The option that has a JVM wait for a debugger there, and say nothing of it itself. */
    static String agent(int port) {
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,quiet=y,address=" + HOST + ":" + port;
    }
}
