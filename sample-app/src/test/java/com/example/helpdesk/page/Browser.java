package com.example.helpdesk.page;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Chromium of this machine, without a window. Where there is none, the tests are
 * skipped: nothing is downloaded.
 */
final class Browser implements ExecutionCondition, AfterAllCallback {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private ChromeDriver driver;

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (chromium() == null || chromedriver() == null) {
			return ConditionEvaluationResult
				.disabled("No Chromium: install chromium and chromium-driver to test the page");
		}
		return ConditionEvaluationResult.enabled("Chromium is there");
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.driver != null) {
			this.driver.quit();
			this.driver = null;
		}
	}

	private static File chromium() {
		return find("chromium", "google-chrome", "chromium-browser");
	}

	private static File chromedriver() {
		return find("chromedriver");
	}

	private static File find(String... names) {
		return Stream.of(names)
			.flatMap((name) -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
				.map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.map(Path::toFile)
			.findFirst()
			.orElse(null);
	}

	private ChromeDriver driver() {
		if (this.driver == null) {
			ChromeOptions options = new ChromeOptions();
			options.setBinary(chromium());
			// as root, and where the machine has little shared memory
			options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
					"--hide-scrollbars", "--force-device-scale-factor=1");
			LoggingPreferences logs = new LoggingPreferences();
			logs.enable(LogType.BROWSER, Level.ALL);
			options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
			ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(chromedriver())
				.usingAnyFreePort()
				.build();
			this.driver = new ChromeDriver(service, options);
		}
		return this.driver;
	}

	void open(String address) {
		open(address, 1400, 860);
	}

	void open(String address, int width, int height) {
		driver().manage().window().setSize(new Dimension(width, height));
		// otherwise nothing is loaded if only the part behind the # differs
		driver().get("about:blank");
		console();
		driver().get(address);
	}

	WebElement see(String selector) {
		return see(selector, (element) -> true);
	}

	WebElement seeText(String selector, String text) {
		return see(selector, (element) -> element.getText().contains(text));
	}

	WebElement see(String selector, Predicate<WebElement> condition) {
		return until("see '%s'".formatted(selector),
				() -> all(selector).stream()
					.filter(WebElement::isDisplayed)
					.filter(condition)
					.findFirst()
					.orElse(null));
	}

	void seeNone(String selector) {
		until("see no '%s'".formatted(selector), () -> all(selector).isEmpty() ? Boolean.TRUE : null);
	}

	private <T> T until(String what, Callable<T> look) {
		try {
			return Awaitility.await(what)
				.atMost(PATIENCE)
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(50))
				.ignoreException(StaleElementReferenceException.class)
				.until(look, Objects::nonNull);
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError("Waited to %s; the console says %s".formatted(what, console()), ex);
		}
	}

	/**
	 * Wait for what the browser says in its console.
	 * @param texts what is to be found there
	 */
	void seeInConsole(String... texts) {
		StringBuilder said = new StringBuilder();
		Awaitility.await("console").atMost(PATIENCE).pollDelay(Duration.ZERO).untilAsserted(() -> {
			// each line is told once
			console().forEach((line) -> said.append(line).append('\n'));
			assertThat(said.toString()).contains(texts);
		});
	}

	List<WebElement> all(String selector) {
		return driver().findElements(By.cssSelector(selector));
	}

	void press(CharSequence... keys) {
		driver().switchTo().activeElement().sendKeys(keys);
	}

	void clear(String selector) {
		see(selector).sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
	}

	Object script(String script, Object... arguments) {
		return driver().executeScript(script, arguments);
	}

	List<String> console() {
		return driver().manage().logs().get(LogType.BROWSER).getAll().stream().map(Object::toString).toList();
	}

	void prefer(String scheme) {
		driver().executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	void photograph(Path file) throws IOException {
		Files.createDirectories(file.getParent());
		Files.write(file, driver().getScreenshotAs(OutputType.BYTES));
	}

}
