package io.switchboard.benchmarks.http.app;

import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The sample's shape: an agent for each session that calls a model and a tool, and the
 * routes that come with it.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SupervisedApplication {

	/**
	 * Run the application.
	 * @param arguments settings of this run
	 */
	public static void main(String[] arguments) {
		AppUnderLoad.run(SupervisedApplication.class,
				Map.of("switchboard.agents.support.per-session", "true", "switchboard.agents.support.instructions",
						PlainController.INSTRUCTIONS, "switchboard.agents.support.tools", AppUnderLoad.TOOL,
						"switchboard.agents.support.budget.time", "10m"),
				arguments);
	}

	/**
	 * The journal's database, where one is given.
	 * @param url where it is
	 * @return a pool of its connections
	 */
	@Bean
	@ConditionalOnProperty("load.database")
	HikariDataSource dataSource(@Value("${load.database}") String url) {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(url);
		return dataSource;
	}

}
