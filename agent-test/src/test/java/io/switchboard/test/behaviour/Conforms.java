package io.switchboard.test.behaviour;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the rows of the conformance table that a test shows. What each row promises is
 * told in {@code docs/conformance.md}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Conforms {

	/**
	 * The rows, such as {@code C1}.
	 * @return the rows
	 */
	String[] value();

}
