package com.example.monitoring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a Prometheus that does not come up is not left behind.
 */
@DisabledOnOs(OS.WINDOWS)
class PrometheusProcessTests {

	@Test
	void whatDoesNotComeUpIsEnded(@TempDir Path folder) throws Exception {
		Path pid = folder.resolve("pid");
		Path binary = Files.writeString(folder.resolve("mute"), """
				#!/bin/sh
				echo $$ > '%s'
				exec sleep 600
				""".formatted(pid));
		assertThat(binary.toFile().setExecutable(true)).isTrue();

		assertThatExceptionOfType(ConditionTimeoutException.class).isThrownBy(
				() -> new PrometheusProcess(binary, folder, folder.resolve("rules.yml"), 1, Duration.ofSeconds(2)));

		assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).filter(ProcessHandle::isAlive))
			.isEmpty();
	}

}
