package io.switchboard.runtime;

import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.PartitionSupervisorSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.SupervisorSpec;

/**
 * Finds the restart budget of any kind of supervisor.
 */
final class Intensities {

	private Intensities() {
	}

	static RestartIntensity of(ChildSpec supervisor) {
		if (supervisor instanceof SupervisorSpec spec) {
			return spec.intensity();
		}
		if (supervisor instanceof DynamicSupervisorSpec spec) {
			return spec.intensity();
		}
		if (supervisor instanceof PartitionSupervisorSpec spec) {
			return spec.intensity();
		}
		throw new IllegalArgumentException("%s supervises nobody".formatted(supervisor));
	}

}
