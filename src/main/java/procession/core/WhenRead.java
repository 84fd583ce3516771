package procession.core;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * A list that is made when it is first read: who does not read it does not pay for it. What it is made from does not change.
 *
 * @param <T> what it holds
 */
final class WhenRead<T> extends AbstractList<T> {

    private final Supplier<List<T>> source;
    private List<T> list;

    WhenRead(Supplier<List<T>> source) {
        this.source = source;
    }

    private List<T> list() {
        if (list == null) {
            list = source.get();
        }
        return list;
    }

    @Override
    public int size() {
        return list().size();
    }

    @Override
    public T get(int index) {
        return list().get(index);
    }

    @Override
    public Iterator<T> iterator() {
        return list().iterator();
    }
}
