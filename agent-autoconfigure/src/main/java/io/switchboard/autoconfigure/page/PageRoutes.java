package io.switchboard.autoconfigure.page;

import java.net.URI;

import reactor.core.publisher.Mono;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The map of the page. Whatever an agent or its model says, the browser is told to run
 * and to show nothing but what this application brings.
 *
 * @param handler answers what the page asks
 * @param nodes shows one node, and does something to it
 */
record PageRoutes(PageHandler handler, NodeHandler nodes) {

	static final String PATH = "/switchboard";

	static final String CONTENT_SECURITY_POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; "
			+ "frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'";

	// Not below a folder that Spring Boot serves by itself, or it would be there although
	// the page is off
	private static final ClassPathResource ASSETS = new ClassPathResource("io/switchboard/autoconfigure/page/assets/");

	RouterFunction<ServerResponse> map() {
		return RouterFunctions.route()
			.GET(PATH, this::withSlash)
			.path(PATH,
					(page) -> page.GET("/", this::page)
						.GET("/api/settings", this.handler::settings)
						.GET("/api/children", this.handler::children)
						.GET("/api/search", this.handler::search)
						.GET("/api/events", this.handler::events)
						.GET("/api/node", this.nodes::show)
						.POST("/api/actions", this.nodes::act)
						.resources("/**", ASSETS))
			.filter(this::protect)
			.build();
	}

	/**
	 * The page names what it needs relative to itself, so that it works behind proxies.
	 */
	private Mono<ServerResponse> withSlash(ServerRequest request) {
		if (request.path().endsWith("/")) {
			return page(request);
		}
		return ServerResponse.temporaryRedirect(URI.create("switchboard/")).build();
	}

	private Mono<ServerResponse> page(ServerRequest request) {
		return ServerResponse.ok().contentType(MediaType.TEXT_HTML).bodyValue(ASSETS.createRelative("index.html"));
	}

	private Mono<ServerResponse> protect(ServerRequest request, HandlerFunction<ServerResponse> next) {
		return Mono.fromRunnable(() -> protect(request.exchange().getResponse().getHeaders()))
			.then(next.handle(request));
	}

	private static void protect(HttpHeaders headers) {
		headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
		headers.set("X-Content-Type-Options", "nosniff");
		headers.set("Referrer-Policy", "no-referrer");
		headers.setCacheControl(CacheControl.noStore());
	}

}
