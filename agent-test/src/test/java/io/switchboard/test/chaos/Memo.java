package io.switchboard.test.chaos;

/**
 * What a chaos agent sends itself.
 *
 * @param incarnation the life that has sent it, and the only one that may receive it
 */
record Memo(long incarnation) {

}
