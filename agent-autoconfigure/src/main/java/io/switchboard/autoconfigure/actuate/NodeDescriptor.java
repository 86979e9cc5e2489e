package io.switchboard.autoconfigure.actuate;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * One node of the tree on the wire. Names of types, states and strategies are written as
 * in the configuration: in lower case with dashes.
 */
sealed interface NodeDescriptor extends OperationResponseBody permits AgentDescriptor, SupervisorDescriptor {

	String path();

	String type();

	String status();

	long incarnation();

	long restarts();

	@Nullable ExitDescriptor lastExit();

	@Nullable Instant restartingUntil();

}
