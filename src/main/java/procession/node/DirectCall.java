package procession.node;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import procession.Task0;
import procession.Task1;
import procession.Task2;
import procession.Task3;
import procession.Task4;
import procession.pool.Worker;

/**
 * Calls a static method as compiled code would: through a class made for it, as for a lambda. A method handle that is no constant is never
 * inlined, and costs a tiny task more than itself. Such a class cannot be made where the method's class has another loader, and so another
 * module, than this one, as those of a file that is run have: there the handle has to do.
 */
final class DirectCall {

    private static final List<Class<?>> TASKS = List.of(Task0.class, Task1.class, Task2.class, Task3.class, Task4.class);

    private DirectCall() {}

    static Worker.Call of(Method method) throws Throwable {
        var lookup = MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup());
        var handle = lookup.unreflect(method).asFixedArity();
        int arity = method.getParameterCount();
        // A class can be made for a method of this module only, and each class loader has one of its own.
        boolean direct = lookup.hasFullPrivilegeAccess() && method.getReturnType() != void.class && arity < TASKS.size();
        return direct ? direct(lookup, handle, arity) : spread(handle, arity);
    }

    private static Worker.Call spread(MethodHandle handle, int arity) {
        var spread = handle.asType(handle.type().generic()).asSpreader(Object[].class, arity);
        return (arguments, from) -> spread.invoke(Arrays.copyOfRange(arguments, from, from + arity));
    }

    @SuppressWarnings("unchecked")
    private static Worker.Call direct(MethodHandles.Lookup lookup, MethodHandle handle, int arity) throws Throwable {
        var task = LambdaMetafactory.metafactory(lookup, "call", MethodType.methodType(TASKS.get(arity)),
                MethodType.genericMethodType(arity), handle, handle.type().wrap()).getTarget().invoke();
        return switch (task) {
            case Task0<?> call -> (arguments, from) -> call.call();
            case Task1<?, ?> call -> (arguments, from) -> ((Task1<Object, ?>) call).call(arguments[from]);
            case Task2<?, ?, ?> call -> (arguments, from) -> ((Task2<Object, Object, ?>) call).call(arguments[from], arguments[from + 1]);
            case Task3<?, ?, ?, ?> call -> (arguments, from) -> ((Task3<Object, Object, Object, ?>) call)
                    .call(arguments[from], arguments[from + 1], arguments[from + 2]);
            case Task4<?, ?, ?, ?, ?> call -> (arguments, from) -> ((Task4<Object, Object, Object, Object, ?>) call)
                    .call(arguments[from], arguments[from + 1], arguments[from + 2], arguments[from + 3]);
            default -> throw new IllegalStateException("There is no task of " + arity + " arguments.");
        };
    }
}
