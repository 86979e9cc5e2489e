package io.switchboard.autoconfigure.page;

import java.util.List;

/**
 * A part of a long list.
 *
 * @param total how many there are in all
 * @param offset how many come before the first of these
 * @param rows these
 */
record Listing(int total, int offset, List<Row> rows) {

}
