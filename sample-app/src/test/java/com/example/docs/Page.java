package com.example.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A page of the documentation.
 *
 * @param file where it is
 * @param root what is in it
 */
record Page(Path file, Node root) {

	static Page read(Path file) {
		Parser parser = Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();
		return new Page(file, parser.parse(Repository.text(file)));
	}

	/**
	 * Where its links and images lead.
	 * @return the destinations as written
	 */
	List<String> links() {
		List<String> links = new ArrayList<>();
		this.root.accept(new AbstractVisitor() {

			@Override
			public void visit(Link link) {
				links.add(link.getDestination());
				visitChildren(link);
			}

			@Override
			public void visit(Image image) {
				links.add(image.getDestination());
				visitChildren(image);
			}

		});
		return links;
	}

	/**
	 * What a link to a place on this page can name.
	 * @return the anchors of its headings
	 */
	Set<String> anchors() {
		List<String> headings = new ArrayList<>();
		this.root.accept(new AbstractVisitor() {

			@Override
			public void visit(Heading heading) {
				headings.add(text(heading));
			}

		});
		return headings.stream()
			.map((heading) -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
			.collect(Collectors.toSet());
	}

	/**
	 * The blocks of one language.
	 * @param language what is written behind the fence
	 * @return the blocks in order
	 */
	List<Block> blocks(String language) {
		return blocks().stream().filter((block) -> block.language().equals(language)).toList();
	}

	/**
	 * All fenced blocks.
	 * @return the blocks in order
	 */
	List<Block> blocks() {
		List<Block> blocks = new ArrayList<>();
		this.root.accept(new AbstractVisitor() {

			@Override
			public void visit(FencedCodeBlock block) {
				int line = block.getSourceSpans().get(0).getLineIndex() + 1;
				blocks.add(new Block("%s:%d".formatted(Page.this, line), block.getInfo(), block.getLiteral()));
			}

		});
		return blocks;
	}

	private static String text(Node node) {
		StringBuilder text = new StringBuilder();
		node.accept(new AbstractVisitor() {

			@Override
			public void visit(Text part) {
				text.append(part.getLiteral());
			}

			@Override
			public void visit(Code part) {
				text.append(part.getLiteral());
			}

			@Override
			public void visit(SoftLineBreak lineBreak) {
				text.append(' ');
			}

		});
		return text.toString();
	}

	@Override
	public String toString() {
		return Repository.relative(this.file);
	}

	/**
	 * A fenced block.
	 *
	 * @param origin the page and the line
	 * @param language what is written behind the fence
	 * @param text what is in it
	 */
	record Block(String origin, String language, String text) {

		@Override
		public String toString() {
			return this.origin;
		}

	}

}
