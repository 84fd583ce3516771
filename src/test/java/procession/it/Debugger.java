package procession.it;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * What an IDE does with a process that waits for it: attaches, sets a breakpoint, and has the process go on or stand still as a whole.
 *
 * @param machine the process's JVM
 */
record Debugger(VirtualMachine machine) {

    private static final Pattern ADDRESS = Pattern.compile("waits for a debugger at 127\\.0\\.0\\.1:(\\d+): ");

    /** The port that a process tells on stderr. */
    static int port(String err) {
        var told = ADDRESS.matcher(err).results().map(found -> found.group(1)).collect(Collectors.toList());
        return told.isEmpty() ? 0 : Integer.parseInt(told.getFirst());
    }

    /** Attaches, as soon as the JVM listens. */
    static Debugger attach(int port) {
        var connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(one -> one.name().equals("com.sun.jdi.SocketAttach")).findFirst().orElseThrow();
        var arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(Integer.toString(port));
        return Awaitility.await().atMost(OneRun.LONG).until(() -> attached(connector, arguments), attached -> attached != null);
    }

    private static Debugger attached(AttachingConnector connector, Map<String, Connector.Argument> to)
            throws IllegalConnectorArgumentsException {
        try {
            return new Debugger(connector.attach(to));
        } catch (IOException notYet) {
            return null;
        }
    }

    /** Lets the process run into a method; there all its threads stand still. */
    void runTo(Class<?> type, String method) throws InterruptedException {
        var requests = machine.eventRequestManager();
        var prepared = requests.createClassPrepareRequest();
        prepared.addClassFilter(type.getName());
        prepared.enable();
        machine.resume();
        while (true) {
            var events = machine.eventQueue().remove();
            for (var event : events) {
                if (event instanceof ClassPrepareEvent ready) {
                    requests.createBreakpointRequest(ready.referenceType().methodsByName(method).getFirst().location()).enable();
                } else if (event instanceof BreakpointEvent) {
                    requests.deleteAllBreakpoints();
                    return;
                }
            }
            events.resume();
        }
    }

    /** Lets it go on, and goes. */
    void detach() {
        machine.dispose();
    }
}
