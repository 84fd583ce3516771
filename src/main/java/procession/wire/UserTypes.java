package procession.wire;

import com.esotericsoftware.kryo.Serializer;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import procession.DeadLetter;
import procession.Delivery;
import procession.Grant;
import procession.Pool;
import procession.Process;
import procession.Procession;
import procession.Result;
import procession.Results;

/** What of everything outside the fixed list may travel, how it is written, and why the rest does not. */
final class UserTypes {

    /** What an array may be of although it does not travel itself: its elements do. */
    private static final Set<String> COMPONENTS = Set.of(
            "java.lang.Number", "java.lang.Comparable", "java.lang.CharSequence", "java.lang.Iterable", "java.lang.Record",
            "java.lang.Enum", "java.lang.Runnable", "java.util.Collection", "java.util.SequencedCollection", "java.util.List",
            "java.util.Set", "java.util.SortedSet", "java.util.NavigableSet", "java.util.Queue", "java.util.Deque", "java.util.Map",
            "java.util.SortedMap", "java.util.NavigableMap", "java.util.Map$Entry", "java.util.Comparator", "java.nio.file.Path",
            "java.time.ZoneId", "java.time.temporal.Temporal", "java.lang.Object", "java.lang.String", "java.lang.Boolean",
            "java.lang.Byte", "java.lang.Short", "java.lang.Character", "java.lang.Integer", "java.lang.Long", "java.lang.Float",
            "java.lang.Double", "procession.Primitive", "procession.Lock", "procession.RLock", "procession.Condition",
            "procession.Semaphore", "procession.BoundedSemaphore", "procession.Event", "procession.Barrier", "procession.SimpleQueue",
            "procession.Queue", "procession.JoinableQueue", "procession.Connection", "procession.Counter", "procession.Cell",
            "procession.SharedMap");

    private UserTypes() {}

    /** Whether the JDK brings a class, as told by its loader: names can be made up. */
    static boolean isJdk(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }

    /** What an array is of, through all its dimensions; the class itself if it is none. */
    static Class<?> element(Class<?> type) {
        return type.isArray() ? element(type.getComponentType()) : type;
    }

    /** How a class without a number is written; a refusal for one that does not travel. */
    static Serializer<?> serializer(Class<?> type, AllowedTypes allowed) {
        if (type.isArray()) {
            Class<?> element = element(type);
            if (!element.isPrimitive() && !COMPONENTS.contains(element.getName()) && KnownTypes.number(element) < 0) {
                checkOrigin(element, allowed);
            }
            return new ObjectArrays();
        }
        checkKind(type);
        checkOrigin(type, allowed);
        if (type.isInterface() || type.isAnnotation() || !type.isEnum() && Modifier.isAbstract(type.getModifiers())) {
            throw new Refusal(type, "there are no objects of exactly this class");
        }
        if (type.isEnum()) {
            return new EnumConstants(type);
        } else if (type.isRecord()) {
            return new Records(type);
        }
        checkFields(type, allowed);
        return new Beans(type);
    }

    /** Whether a name in a payload may be made a class, by the name alone. */
    static boolean mayLoad(String element, boolean array, AllowedTypes allowed) {
        return allowed.allows(element) || array && (COMPONENTS.contains(element) || KnownTypes.isKnown(element));
    }

    private static void checkKind(Class<?> type) {
        if (Process.class.isAssignableFrom(type)) {
            throw new Refusal(type, "only its creator may start, join or signal a process; send its name instead");
        } else if (Procession.class.isAssignableFrom(type)) {
            throw new Refusal(type, "every process has the run as Procession.current(); send the locks and queues it needs");
        } else if (Grant.class.isAssignableFrom(type)) {
            throw new Refusal(type, "a grant belongs to the process that acquired it; send the lock or semaphore instead");
        } else if (Pool.class.isAssignableFrom(type) || Result.class.isAssignableFrom(type) || Results.class.isAssignableFrom(type)) {
            throw new Refusal(type, "a pool, and what becomes of its tasks, stay in the process that made it; send values, or make a pool there");
        } else if (Delivery.class.isAssignableFrom(type) || DeadLetter.class.isAssignableFrom(type)) {
            throw new Refusal(type, "it belongs to the process that got it; send its item instead");
        } else if (type.isHidden() || type.isSynthetic() || Proxy.isProxyClass(type)) {
            throw new Refusal(type, "a lambda or proxy has no class that another process could find; use a record or an enum constant");
        } else if (type.isAnonymousClass() && !isJdk(type)) {
            throw new Refusal(type, "an anonymous class may hold what is around it; make it a record or a static class with a name");
        } else if (Throwable.class.isAssignableFrom(type)) {
            throw new Refusal(type, "an exception drags along its stack and causes; send a record with what the receiver needs of it");
        } else if (type.getName().startsWith("akka.")) {
            throw new Refusal(type, "references to actors do not travel in payloads; send a handle of the run instead");
        }
    }

    private static void checkOrigin(Class<?> type, AllowedTypes allowed) {
        if (isJdk(type)) {
            throw new Refusal(type, whyNot(type));
        } else if (!allowed.allows(type.getName())) {
            throw notAllowed(type.getName());
        }
    }

    /** The refusal of a class that no entry covers. */
    static Refusal notAllowed(String name) {
        int dot = name.lastIndexOf('.');
        return new Refusal(name, "its class is in no allowed package; add " + (dot < 0 ? "" : name.substring(0, dot)) + ".* to procession.allow",
                null);
    }

    private static String whyNot(Class<?> type) {
        if (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
            return "this collection of the JDK has no encoding; copy it into an ArrayList, HashSet or HashMap";
        } else if (type.getName().startsWith("java.util.concurrent.")) {
            return "a copy would not be shared with this process; use a lock, semaphore, event or queue of the run";
        }
        return "it is none of the JDK's classes that travel; send what the receiver needs of it";
    }

    /** What reflection does not reach, or what would take along more than its fields. */
    private static void checkFields(Class<?> type, AllowedTypes allowed) {
        for (Class<?> at = type; at != Object.class; at = at.getSuperclass()) {
            boolean jdk = isJdk(at);
            if (!jdk && !allowed.allows(at.getName())) {
                throw notAllowed(at.getName());
            }
            for (Field field : at.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                } else if (jdk && at != AbstractList.class && at != AbstractMap.class) {
                    throw new Refusal(type, "it extends " + at.getName() + ", whose fields are out of reach; hold one in a field instead");
                } else if (field.isSynthetic()) {
                    throw new Refusal(type, "it holds what is around it (" + field.getType().getTypeName() + "); declare it static");
                }
            }
        }
    }
}
