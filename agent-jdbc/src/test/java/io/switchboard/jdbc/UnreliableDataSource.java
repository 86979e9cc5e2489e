package io.switchboard.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A real database behind a network that fails: connections are refused, or lost after the
 * database has committed and before it could say so.
 */
class UnreliableDataSource extends DelegatingDataSource {

	private final AtomicInteger toLose = new AtomicInteger();

	private final AtomicInteger lost = new AtomicInteger();

	private volatile boolean away;

	UnreliableDataSource(DataSource target) {
		super(target);
	}

	void goAway() {
		this.away = true;
	}

	void comeBack() {
		this.away = false;
	}

	void loseAnswersOfNextCommits(int commits) {
		this.toLose.set(commits);
	}

	int lost() {
		return this.lost.get();
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (this.away) {
			throw new SQLTransientConnectionException("refused");
		}
		Connection connection = super.getConnection();
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> invoke(connection, method, arguments));
	}

	private Object invoke(Connection connection, Method method, Object[] arguments) throws Throwable {
		try {
			Object result = method.invoke(connection, arguments);
			if (method.getName().equals("commit") && this.toLose.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
				this.lost.incrementAndGet();
				throw new SQLTransientConnectionException("lost", "08007");
			}
			return result;
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
