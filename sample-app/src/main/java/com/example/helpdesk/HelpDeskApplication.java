package com.example.helpdesk;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the help desk.
 */
@SpringBootApplication
public class HelpDeskApplication {

	/**
	 * Run the help desk until it is told to stop.
	 * @param args command line arguments, as Spring Boot understands them
	 */
	public static void main(String[] args) {
		SpringApplication.run(HelpDeskApplication.class, args);
	}

}
