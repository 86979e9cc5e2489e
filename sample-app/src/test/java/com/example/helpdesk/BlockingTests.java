package com.example.helpdesk;

import io.switchboard.blocking.NothingBlocks;

/**
 * Shows that no thread blocks that must not while this module is tested.
 */
class BlockingTests implements NothingBlocks {

}
