package procession.core;

import java.util.AbstractList;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Function;

/**
 * What an immutable collection holds, as a list that is not copied: however much it is, its size and its first few cost the same. It is
 * read from the front; {@link #get} in the middle goes there step by step.
 *
 * @param <S> what the collection holds
 * @param <T> what is shown of that
 */
class InOrder<S, T> extends AbstractList<T> {

    private final Collection<S> elements;
    private final Function<S, T> shown;

    InOrder(Collection<S> elements, Function<S, T> shown) {
        this.elements = elements;
        this.shown = shown;
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    public Iterator<T> iterator() {
        var each = elements.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public T next() {
                return shown.apply(each.next());
            }
        };
    }

    @Override
    public T get(int index) {
        Objects.checkIndex(index, size());
        var each = iterator();
        for (int before = index; before > 0; before--) {
            each.next();
        }
        return each.next();
    }
}
