package io.switchboard.autoconfigure.page;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the page at {@code /switchboard}.
 *
 * @param enabled Whether there is a page at /switchboard that shows the agents. It tells
 * the names of all sessions, so let only operators reach it.
 * @param actions Whether the page has buttons that restart, stop, start, suspend, resume,
 * drain, kill and trace what it shows. Each use is an event with the name of the user.
 * @param chat Whether the page shows conversations and talks to agents, by the requests
 * of switchboard.web.
 * @param showValues Whether the page shows what the sanitizer lets be seen of messages,
 * states, exceptions and details of exits; otherwise their classes alone.
 * @since 0.1.0
 */
@ConfigurationProperties("switchboard.page")
public record PageProperties(@DefaultValue("false") boolean enabled, @DefaultValue("false") boolean actions,
		@DefaultValue("false") boolean chat, @DefaultValue("false") boolean showValues) {

}
