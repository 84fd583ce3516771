package procession.ask;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** One connection of the server's: a question, then its answer. Used by the server's thread only. */
final class Conversation {

    private static final int PIECE = 1 << 16;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final long patience;
    private final ByteArrayOutputStream question = new ByteArrayOutputStream(256);
    private Iterator<byte[]> rest = Collections.emptyIterator();
    private ByteBuffer answer;
    private boolean asked;
    private long until;

    /**
     * One that begins with a question.
     *
     * @param patience how long the other side may stand still, in nanoseconds
     */
    Conversation(SocketChannel channel, SelectionKey key, long patience) {
        this.channel = channel;
        this.key = key;
        this.patience = patience;
        until = System.nanoTime() + patience;
    }

    /**
     * Reads on.
     *
     * @return the question, when it is complete; else null
     * @throws AskException if it is too long
     * @throws IOException if the other side has gone
     */
    byte[] read() throws IOException, AskException {
        var bytes = ByteBuffer.allocate(Question.LONGEST);
        if (channel.read(bytes) < 0) {
            throw new IOException("gone");
        }
        bytes.flip();
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                listenNoMore();
                return question.toByteArray();
            }
            if (question.size() == Question.LONGEST) {
                throw new AskException(AskException.BAD_QUESTION, "The question is longer than " + Question.LONGEST + " bytes.");
            }
            question.write(next);
        }
        return null;
    }

    /** The answer is being found: the other side has nothing to say meanwhile. */
    private void listenNoMore() {
        asked = true;
        key.interestOps(0);
        until = System.nanoTime() + patience;
    }

    /** Begins to answer; what it consists of is made as it is read. */
    void answer(Iterator<byte[]> pieces) {
        rest = pieces;
        answer = ByteBuffer.allocate(0);
        until = System.nanoTime() + patience;
        key.interestOps(SelectionKey.OP_WRITE);
    }

    void answer(byte[] all) {
        answer(List.of(all).iterator());
    }

    /** Whether the question is complete. */
    boolean isAsked() {
        return asked;
    }

    /** Whether the answer has begun. */
    boolean isAnswered() {
        return answer != null;
    }

    /**
     * Writes on.
     *
     * @return whether it is all written
     * @throws IOException if the other side has gone
     */
    boolean write() throws IOException {
        while (true) {
            if (!answer.hasRemaining()) {
                if (!rest.hasNext()) {
                    return true;
                }
                answer = next();
            }
            if (channel.write(answer) == 0) {
                return false;
            }
            until = System.nanoTime() + patience;
        }
    }

    private ByteBuffer next() {
        var piece = new ByteArrayOutputStream();
        while (rest.hasNext() && piece.size() < PIECE) {
            piece.writeBytes(rest.next());
        }
        return ByteBuffer.wrap(piece.toByteArray());
    }

    long until() {
        return until;
    }

    void end() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException gone) {
            // Then it is closed.
        }
    }
}
