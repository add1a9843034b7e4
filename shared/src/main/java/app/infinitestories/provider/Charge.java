package app.infinitestories.provider;

import java.math.BigDecimal;

/**
 * What one paid call cost.
 *
 * @param operation one of the usage operations: story_generation, audio_synthesis,
 *     image_generation, video_generation, transcription, moderation
 * @param unit what is counted: tokens, characters, seconds, images
 * @param usd exact amount in US dollars by the configured price table
 */
public record Charge(
    String provider,
    String model,
    String operation,
    String unit,
    BigDecimal units,
    BigDecimal usd) {}
