package com.example.helpdesk;

import io.switchboard.architecture.EveryModule;

/**
 * The structure of the sample.
 */
class ArchitectureTests implements EveryModule {

}
