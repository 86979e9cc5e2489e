package io.switchboard.autoconfigure.page;

import java.util.List;

/**
 * A part of a long list.
 *
 * @param total how many there are in all
 * @param offset how many come before the first of these
 * @param rows these
 * @param cut whether there may be more, as the tree is too large to be looked through
 */
record Listing(int total, int offset, List<Row> rows, boolean cut) {

}
