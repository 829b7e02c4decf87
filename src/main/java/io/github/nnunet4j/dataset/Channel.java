package io.github.nnunet4j.dataset;

/**
 * An input channel.
 *
 * @param name as in {@code channel_names} of {@code dataset.json}, such as CT, T1, zscore; nnU-Net
 *     chooses the intensity normalization by it
 */
public record Channel(String name) {}
