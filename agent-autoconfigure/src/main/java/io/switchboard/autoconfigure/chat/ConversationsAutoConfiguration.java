package io.switchboard.autoconfigure.chat;

import io.switchboard.ai.Conversations;
import io.switchboard.journal.JournalWriters;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of conversations: in the application's {@link ChatMemoryRepository}.
 * If it has none but the one in memory that Spring AI makes, in the journal if that is
 * durable, or in memory.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "org.springframework.ai.model.chat.memory.autoconfigure.ChatMemoryAutoConfiguration")
@ConditionalOnClass({ Conversations.class, ChatMemoryRepository.class })
@ConditionalOnMissingBean(Conversations.class)
public final class ConversationsAutoConfiguration {

	private static final int IDLE_SECONDS = 60;

	@Bean
	Conversations conversations(ObjectProvider<ChatMemoryRepository> repositories,
			ObjectProvider<JournalWriters> journals, @Qualifier("conversationsScheduler") Scheduler scheduler) {
		ChatMemoryRepository repository = repositories.getIfAvailable();
		if (repository != null && !(repository instanceof InMemoryChatMemoryRepository)) {
			return Conversations.of(repository, scheduler);
		}
		JournalWriters writers = journals.getIfAvailable();
		if (writers != null && writers.journal().isDurable()) {
			return Conversations.of(writers);
		}
		return (repository != null) ? Conversations.of(repository, Schedulers.immediate()) : Conversations.inMemory();
	}

	/** Repositories block, and have threads apart from those of tools and agents. */
	@Bean(defaultCandidate = false, destroyMethod = "dispose")
	Scheduler conversationsScheduler() {
		return Schedulers.newBoundedElastic(Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE,
				Schedulers.DEFAULT_BOUNDED_ELASTIC_QUEUESIZE, "switchboard-conversations", IDLE_SECONDS, true);
	}

}
