package app.infinitestories.local.studio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An order of faults, written {@code name=count} or {@code name@scope=count}, separated by commas.
 *
 * <p>A count is a number or {@code forever}. A scope is an endpoint ({@code chat}, {@code images},
 * {@code moderations}, {@code speech}, {@code transcriptions}, {@code models}, {@code clips},
 * {@code tasks}, {@code uploads}, {@code outputs}) or the name of a chat's JSON schema ({@code
 * picture_check}). Without a scope {@code rate-limit}, {@code server-error}, {@code slow} and
 * {@code cut-connection} hit the next POST, whichever it is; every other fault hits the next
 * request that it makes sense for. Example: {@code server-error@images=2,refusal=1}.
 */
public record Faults(List<Order> orders) {

  /** One fault, where it may strike and how often it still will. */
  public record Order(Fault fault, Optional<String> scope, int count) {
    @Override
    public String toString() {
      String times = count == Integer.MAX_VALUE ? "forever" : Integer.toString(count);
      return fault.label() + scope.map(s -> "@" + s).orElse("") + "=" + times;
    }
  }

  public Faults {
    orders = List.copyOf(orders);
  }

  public static Faults none() {
    return new Faults(List.of());
  }

  /**
   * Reads an order.
   *
   * @throws IllegalArgumentException naming the entry that is not understood
   */
  public static Faults parse(String text) {
    List<Order> orders = new ArrayList<>();
    for (String entry : text.split(",", -1)) {
      if (!entry.isBlank()) {
        orders.add(order(entry.strip()));
      }
    }
    return new Faults(orders);
  }

  private static Order order(String entry) {
    int equals = entry.indexOf('=');
    String head = equals < 0 ? entry : entry.substring(0, equals);
    int count = equals < 0 ? 1 : count(entry, entry.substring(equals + 1));
    int at = head.indexOf('@');
    String label = at < 0 ? head : head.substring(0, at);
    Optional<String> scope = at < 0 ? Optional.empty() : Optional.of(head.substring(at + 1));
    Fault fault =
        Fault.labelled(label)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "Unknown fault '%s'; known are: %s"
                        .formatted(
                            label,
                            Arrays.stream(Fault.values())
                                .map(Fault::label)
                                .collect(Collectors.joining(", ")))));
    return new Order(fault, scope, count);
  }

  private static int count(String entry, String text) {
    if (text.equals("forever")) {
      return Integer.MAX_VALUE;
    }
    if (!text.matches("\\d{1,6}")) {
      throw new IllegalArgumentException(
          "The count of fault '%s' must be a number or 'forever'".formatted(entry));
    }
    return Integer.parseInt(text);
  }

  @Override
  public String toString() {
    return orders.stream().map(Order::toString).collect(Collectors.joining(","));
  }
}
