package procession.wire;

import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import procession.core.Carried;

/** What a user might put into a queue. The tests allow this class, and so what is nested in it. */
public final class Things {

    private Things() {}

    public record Empty() {}

    public record Box<T>(T content) {}

    public record Order(String id, int count, long cents, char size, boolean paid, float weight, double price, byte b, short s, Instant at) {}

    public record Tree(String name, List<Tree> children, Map<Object, Object> notes) {}

    private record Hidden(Hidden inner, Object other) {}

    public record Positive(int number) {
        public Positive {
            if (number <= 0) {
                throw new IllegalArgumentException(number + " is not positive");
            }
        }
    }

    /** An accessor that does not return its field. */
    public record Loud(String text) {
        @Override
        public String text() {
            return text.toUpperCase();
        }
    }

    public enum Color {
        RED, GREEN, BLUE
    }

    public enum Operator {
        PLUS {
            @Override
            int apply(int a, int b) {
                return a + b;
            }
        },
        MINUS {
            @Override
            int apply(int a, int b) {
                return a - b;
            }
        };

        abstract int apply(int a, int b);
    }

    public enum ByLength implements Comparator<String> {
        SHORTEST_FIRST;

        @Override
        public int compare(String a, String b) {
            return a.length() - b.length();
        }
    }

    public static class Animal {
        private String name = "nobody";
        protected int legs;
        transient String cached = "made by the constructor";
        static int count;

        String name() {
            return name;
        }

        <A extends Animal> A named(A self, String newName, int newLegs) {
            name = newName;
            legs = newLegs;
            cached = "changed";
            return self;
        }

        @Override
        public boolean equals(Object other) {
            return other != null && other.getClass() == getClass() && ((Animal) other).name.equals(name) && ((Animal) other).legs == legs;
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, legs);
        }
    }

    public static final class Dog extends Animal {
        private final String name;
        private final Object owner;

        Dog(String second, Object owner) {
            name = second;
            this.owner = owner;
        }

        @Override
        public boolean equals(Object other) {
            return super.equals(other) && ((Dog) other).name.equals(name) && Objects.equals(((Dog) other).owner, owner);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    /** A list of one's own, whose superclass has no fields that matter. */
    public static final class Triple extends AbstractList<Object> {
        private final Object a;
        private final Object b;
        private final Object c;

        Triple(Object a, Object b, Object c) {
            this.a = a;
            this.b = b;
            this.c = c;
        }

        @Override
        public Object get(int index) {
            return index == 0 ? a : index == 1 ? b : c;
        }

        @Override
        public int size() {
            return 3;
        }
    }

    public static final class Basket extends ArrayList<Object> {
        private static final long serialVersionUID = 1;
    }

    public static final class Node {
        Node next;
        Object value;
    }

    public static final class Job {
        Object owner;
    }

    public static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    public final class Inner {
        int n;

        Object outer() {
            return Things.this;
        }
    }

    public interface Shape {}

    public record Circle(double radius) implements Shape {}

    /** A handle as a session would make them. */
    public record FakeLock(Carried carried) implements procession.Primitive {
        @Override
        public Optional<String> name() {
            return carried.name();
        }

        @Override
        public procession.Inspection inspect() {
            throw new UnsupportedOperationException();
        }

        @Override
        public java.util.concurrent.CompletableFuture<procession.Inspection> inspectAsync() {
            throw new UnsupportedOperationException();
        }
    }

    static Object hidden() {
        return new Hidden(new Hidden(null, 1L), "x");
    }

    static Object inner() {
        return new Things().new Inner();
    }
}
