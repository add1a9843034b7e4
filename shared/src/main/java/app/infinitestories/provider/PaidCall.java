package app.infinitestories.provider;

import java.math.BigDecimal;

/**
 * A paid call about to be made: who will be asked and what it will cost at most, in US dollars. The
 * job's cost cap is checked against it before the intent is written.
 */
public record PaidCall(String provider, String model, BigDecimal estimateUsd) {}
