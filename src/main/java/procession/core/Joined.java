package procession.core;

import java.util.AbstractList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * Lists, one after the other, as one list that is not copied: however long they are, its size, its first few and the place of one in it
 * cost what they cost in those lists.
 *
 * @param <T> what the lists hold
 */
final class Joined<T> extends AbstractList<T> {

    private final List<List<T>> parts;

    Joined(List<List<T>> parts) {
        this.parts = parts;
    }

    @Override
    public int size() {
        return parts.stream().mapToInt(List::size).sum();
    }

    @Override
    public Iterator<T> iterator() {
        var lists = parts.iterator();
        return new Iterator<>() {
            private Iterator<T> each = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!each.hasNext() && lists.hasNext()) {
                    each = lists.next().iterator();
                }
                return each.hasNext();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return each.next();
            }
        };
    }

    @Override
    public int indexOf(Object element) {
        int before = 0;
        for (var part : parts) {
            int place = part.indexOf(element);
            if (place >= 0) {
                return before + place;
            }
            before += part.size();
        }
        return -1;
    }

    @Override
    public T get(int index) {
        int left = Objects.checkIndex(index, size());
        for (var part : parts) {
            if (left < part.size()) {
                return part.get(left);
            }
            left -= part.size();
        }
        throw new AssertionError("an index below the size is in one of the parts");
    }
}
