package io.switchboard.benchmarks.http.durability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.benchmarks.http.app.SupervisedApplication;
import io.switchboard.benchmarks.http.load.Child;
import io.switchboard.benchmarks.http.load.Keys;
import io.switchboard.benchmarks.http.load.Load;
import io.switchboard.benchmarks.http.provider.LoadProvider;
import tools.jackson.databind.json.JsonMapper;

/**
 * All processes of a run: the provider, the database if it has one, the application.
 *
 * @param provider the model's provider
 * @param database where the journal is
 * @param application the application
 * @param load talks to the application
 */
record Stack(Child provider, Database database, Child application, Load load) implements AutoCloseable {

	/**
	 * Start all that belongs to a run.
	 * @param store where the journal is
	 * @param jvm options of the application's JVM
	 * @param settings settings of the application
	 * @param directory where files may be kept
	 * @return what was started
	 * @throws IOException if something does not start
	 */
	static Stack start(Store store, List<String> jvm, List<String> settings, Path directory) throws IOException {
		Keys keys = Keys.in(directory);
		Child provider = Child.start(directory.resolve(store.label() + "-provider-errors.txt"), List.of("-Xmx1g"),
				LoadProvider.class, List.of(keys.store().toString(), keys.password()));
		Database database = Database.start(store, directory);
		List<String> arguments = new ArrayList<>(List.of("--spring.ai.model.chat=openai",
				"--spring.ai.openai.base-url=https://localhost:" + provider.port(0) + "/v1",
				"--load.keys=" + keys.store(), "--load.password=" + keys.password()));
		arguments.addAll(database.settings());
		arguments.addAll(settings);
		Child application = Child.start(directory.resolve(store.label() + "-errors.txt"), jvm,
				SupervisedApplication.class, arguments);
		return new Stack(provider, database, application, new Load(application.port(0)));
	}

	/**
	 * What is live in the application.
	 * @return bytes, after a collection
	 */
	long liveHeap() {
		return JsonMapper.shared().readTree(this.application.get("/readings")).path("heapBytes").asLong();
	}

	@Override
	public void close() throws IOException {
		this.load.close();
		this.application.close();
		this.database.close();
		this.provider.close();
	}

}
