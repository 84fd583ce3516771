package procession.wire;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/**
 * How the messages of one family of primitives are written: a tag and the fields in their order.
 *
 * @param <C> its commands
 * @param <R> its replies
 */
interface Family<C, R> {

    void command(Output out, C command, Pieces pieces);

    C command(Input in, Pieces pieces);

    void reply(Output out, R reply, Pieces pieces);

    R reply(Input in, Pieces pieces);
}
