package io.switchboard.autoconfigure.web;

import java.util.function.Supplier;

import javax.sql.DataSource;

/**
 * Something that a database does to an application.
 *
 * @param name what
 * @param dataSource leads to the database
 * @param begin has it begin
 * @param end has it end
 */
record DatabaseTrouble(String name, Supplier<DataSource> dataSource, Runnable begin, Runnable end) {

	@Override
	public String toString() {
		return this.name;
	}

}
