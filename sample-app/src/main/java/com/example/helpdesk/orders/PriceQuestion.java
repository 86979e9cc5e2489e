package com.example.helpdesk.orders;

import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.util.Assert;

/**
 * What a model has to say to ask for a price: the argument of the tool
 * {@code productPrice}.
 *
 * @param product the product's name
 */
public record PriceQuestion(@ToolParam(description = "The product's name, for example kettle") String product) {

	public PriceQuestion {
		Assert.hasText(product, "Argument 'product' is missing: give a name such as kettle");
	}

}
