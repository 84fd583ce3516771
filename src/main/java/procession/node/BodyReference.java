package procession.node;

import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import procession.Body;

/**
 * A body as it goes to a child: the name of a static method, an object that travels as a payload, or nothing.
 *
 * @param words class, method and descriptor; the class alone for an object; empty for no body
 */
record BodyReference(List<String> words) {

    private static final BodyReference NONE = new BodyReference(List.of());

    /** What the compiler recorded, or the object; refused with a sentence where a child could not do it. */
    static BodyReference of(Object body) {
        if (body == null) {
            return NONE;
        }
        var type = body.getClass();
        if (type.isHidden() || type.isSynthetic()) {
            return ofReference("body", body);
        }
        if (!(body instanceof Body)) {
            throw refused("body", "is a " + type.getName() + "; a body is a reference to a static method, or implements Body");
        }
        if (type.isAnonymousClass() || type.isLocalClass()
                || (type.isMemberClass() && !java.lang.reflect.Modifier.isStatic(type.getModifiers()))) {
            throw refused("body", "is of " + type.getName() + ", a class inside an object or a method; a child cannot make one. Make it"
                    + " a record, or a static or top-level class");
        }
        return new BodyReference(List.of(type.getName()));
    }

    /** The same of a task of a pool: always a static method. */
    static BodyReference ofTask(Object task) {
        if (task == null) {
            throw refused("task", "is null; give a reference to a static method");
        }
        return ofReference("task", task);
    }

    private static BodyReference ofReference(String what, Object body) {
        var lambda = serialized(body);
        if (lambda == null || lambda.getImplMethodName().startsWith("lambda$") || lambda.getCapturedArgCount() > 0) {
            throw refused(what, "is a lambda, or a reference that javac made one of (it captures something, is varargs, or super::). The"
                    + " child calls the " + what + " by its name: write a static method and give Class::method");
        }
        var method = lambda.getImplClass().replace('/', '.') + "." + lambda.getImplMethodName();
        if (lambda.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial) {
            throw refused(what, "is a constructor; write a static method and give Class::method");
        }
        if (lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic) {
            throw refused(what, "is " + method + ", which is not static; there is no object to call it on in the child");
        }
        return new BodyReference(List.of(lambda.getImplClass().replace('/', '.'), lambda.getImplMethodName(),
                lambda.getImplMethodSignature()));
    }

    private static SerializedLambda serialized(Object body) {
        if (!(body instanceof Serializable)) {
            return null;
        }
        try {
            var writeReplace = body.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            return writeReplace.invoke(body) instanceof SerializedLambda lambda ? lambda : null;
        } catch (ReflectiveOperationException noLambda) {
            return null;
        }
    }

    private static IllegalArgumentException refused(String what, String why) {
        return new IllegalArgumentException("The " + what + CallSite.found() + " " + why + ".");
    }

    boolean isNone() {
        return words.isEmpty();
    }

    boolean isObject() {
        return words.size() == 1;
    }

    /** Name of the class whose code runs, if there is a body. */
    Optional<String> type() {
        return words.stream().findFirst();
    }

    /** Calls the body here, with what was handed over. */
    Object call(Object arguments, ClassLoader loader) throws Throwable {
        if (isNone()) {
            return null;
        }
        if (isObject()) {
            ((Body) arguments).run();
            return null;
        }
        try {
            return method(loader).invoke(null, (Object[]) arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** The method that a reference names, callable. */
    Method method(ClassLoader loader) throws ReflectiveOperationException {
        var type = Class.forName(words.get(0), true, loader);
        var parameters = MethodType.fromMethodDescriptorString(words.get(2), loader).parameterArray();
        var method = type.getDeclaredMethod(words.get(1), parameters);
        method.setAccessible(true);
        return method;
    }
}
