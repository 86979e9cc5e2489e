package io.switchboard.test.provider;

/**
 * A request, complete with its body.
 *
 * @param head its request line and headers
 * @param body its body as text
 */
record HttpRequest(RequestHead head, String body) {

}
