package io.switchboard.jdbc;

import java.sql.SQLException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.ClassUtils;

/**
 * The pool that a data source may be, which keeps connections that are of no use any
 * more: to H2's file before it was closed, as H2 says that they are good, and to a server
 * that was the primary one.
 *
 * @param dataSource may be a pool
 */
record ConnectionPool(DataSource dataSource) {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionPool.class);

	private static final boolean KNOWN = ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource",
			ConnectionPool.class.getClassLoader());

	/**
	 * Let it connect anew. What is in use stays until it is given back.
	 */
	void renew() {
		if (KNOWN) {
			Hikari.renew(this.dataSource);
		}
	}

	/** Loaded only if the pool is there. */
	private static final class Hikari {

		private Hikari() {
		}

		static void renew(DataSource dataSource) {
			try {
				if (dataSource.isWrapperFor(HikariDataSource.class)) {
					HikariPoolMXBean pool = dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean();
					if (pool != null) {
						pool.softEvictConnections();
					}
				}
			}
			catch (SQLException ex) {
				logger.debug("No pool is known", ex);
			}
		}

	}

}
