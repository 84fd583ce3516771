package procession.record;

import procession.core.Happening;

/**
 * A line of a record, and where it is.
 *
 * @param place number of the line in its file, from 1
 * @param line what it says
 */
record Entry(long place, Line line) {

    Happening happening() {
        return ((Line.Happened) line).happening();
    }

    Line.Invoked invoked() {
        return (Line.Invoked) line;
    }

    Line.Returned returned() {
        return (Line.Returned) line;
    }
}
