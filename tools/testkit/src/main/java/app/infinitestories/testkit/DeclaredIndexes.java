package app.infinitestories.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.firestore.v1.StructuredQuery;
import com.google.firestore.v1.StructuredQuery.Direction;
import com.google.firestore.v1.StructuredQuery.FieldFilter.Operator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The indexes of firestore.indexes.json, and whether a query can be answered with them. The rules
 * are those of https://firebase.google.com/docs/firestore/query-data/index-overview: equalities
 * alone are merged from single-field indexes; what is sorted, or compared by more and less, needs
 * indexes that end with the sorted fields and whose beginnings together hold all equalities.
 */
public final class DeclaredIndexes {
  private static final String NAME = "__name__";

  private record Sorted(String field, boolean descending) {
    Sorted reversed() {
      return new Sorted(field, !descending);
    }
  }

  private record Index(String group, boolean wholeGroup, List<Sorted> fields) {}

  /** Single-field indexes that a field has instead of the automatic ones. */
  private record FieldOverride(Set<String> inCollection, Set<String> inGroup) {}

  private final List<Index> composites = new ArrayList<>();
  private final Map<String, FieldOverride> overrides = new HashMap<>();

  private DeclaredIndexes(JsonNode file) {
    for (JsonNode index : file.path("indexes")) {
      composites.add(
          new Index(
              index.path("collectionGroup").asText(),
              index.path("queryScope").asText().equals("COLLECTION_GROUP"),
              StreamSupport.stream(index.path("fields").spliterator(), false)
                  .map(DeclaredIndexes::sorted)
                  .toList()));
    }
    for (JsonNode override : file.path("fieldOverrides")) {
      var inCollection = new HashSet<String>();
      var inGroup = new HashSet<String>();
      for (JsonNode index : override.path("indexes")) {
        (index.path("queryScope").asText().equals("COLLECTION_GROUP") ? inGroup : inCollection)
            .add(index.path("order").asText(index.path("arrayConfig").asText()));
      }
      overrides.put(
          override.path("collectionGroup").asText() + "." + override.path("fieldPath").asText(),
          new FieldOverride(inCollection, inGroup));
    }
  }

  /** Reads the file. */
  public static DeclaredIndexes read(Path file) {
    try {
      return new DeclaredIndexes(new JsonMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is missing for the query, as Firestore would say it; empty when it can be answered. */
  public Optional<String> missing(StructuredQuery query) {
    if (query.getFromCount() != 1 || query.getFrom(0).getCollectionId().isEmpty()) {
      return Optional.empty(); // all descendants by name: what a recursive deletion asks
    }
    String group = query.getFrom(0).getCollectionId();
    boolean wholeGroup = query.getFrom(0).getAllDescendants();
    var equal = new HashSet<String>();
    var compared = new ArrayList<String>();
    collect(query.getWhere(), equal, compared);
    List<Sorted> order = order(query, compared);
    equal.removeAll(order.stream().map(Sorted::field).toList());

    if (order.isEmpty()) {
      return equal.stream()
          .filter(field -> !single(group, wholeGroup, field, false))
          .findFirst()
          .map(field -> wanted(group, wholeGroup, Set.of(field), List.of()));
    }
    var reversed = order.stream().map(Sorted::reversed).toList();
    boolean answered =
        covers(group, wholeGroup, equal, order) || covers(group, wholeGroup, equal, reversed);
    return answered ? Optional.empty() : Optional.of(wanted(group, wholeGroup, equal, order));
  }

  private static void collect(
      StructuredQuery.Filter filter, Set<String> equal, List<String> compared) {
    switch (filter.getFilterTypeCase()) {
      case COMPOSITE_FILTER ->
          filter.getCompositeFilter().getFiltersList().forEach(f -> collect(f, equal, compared));
      case FIELD_FILTER -> {
        String field = filter.getFieldFilter().getField().getFieldPath();
        Operator operator = filter.getFieldFilter().getOp();
        switch (operator) {
          case EQUAL, IN, ARRAY_CONTAINS, ARRAY_CONTAINS_ANY -> equal.add(field);
          default -> compared.add(field);
        }
      }
      case UNARY_FILTER -> equal.add(filter.getUnaryFilter().getField().getFieldPath());
      case FILTERTYPE_NOT_SET -> {}
    }
  }

  /** The order asked for, then the fields compared by more and less; a name at the end is free. */
  private static List<Sorted> order(StructuredQuery query, List<String> compared) {
    var order = new ArrayList<Sorted>();
    query
        .getOrderByList()
        .forEach(by ->
            order.add(
                new Sorted(
                    by.getField().getFieldPath(), by.getDirection() == Direction.DESCENDING)));
    for (String field : compared) {
      if (order.stream().noneMatch(by -> by.field().equals(field))) {
        order.add(new Sorted(field, !order.isEmpty() && order.getLast().descending()));
      }
    }
    if (!order.isEmpty() && order.getLast().field().equals(NAME)) {
      Sorted name = order.removeLast();
      if (name.descending() != (!order.isEmpty() && order.getLast().descending())) {
        order.add(name);
      }
    }
    return order;
  }

  private boolean covers(String group, boolean wholeGroup, Set<String> equal, List<Sorted> order) {
    var found = new HashSet<String>();
    boolean any = false;
    if (order.size() == 1
        && single(group, wholeGroup, order.getFirst().field(), order.getFirst().descending())) {
      any = true;
    }
    for (Index index : composites) {
      int prefix = index.fields().size() - order.size();
      if (index.group().equals(group)
          && index.wholeGroup() == wholeGroup
          && prefix >= 0
          && index.fields().subList(prefix, index.fields().size()).equals(order)) {
        List<String> begin = index.fields().subList(0, prefix).stream().map(Sorted::field).toList();
        if (equal.containsAll(begin)) {
          any = true;
          found.addAll(begin);
        }
      }
    }
    return any && found.equals(equal);
  }

  private boolean single(String group, boolean wholeGroup, String field, boolean descending) {
    FieldOverride override = overrides.get(group + "." + field);
    if (override == null) {
      return !wholeGroup; // automatic indexes are for collections only
    }
    Set<String> there = wholeGroup ? override.inGroup() : override.inCollection();
    // A single-field index is read in both directions.
    return there.contains(descending ? "DESCENDING" : "ASCENDING")
        || there.contains(descending ? "ASCENDING" : "DESCENDING");
  }

  private static Sorted sorted(JsonNode field) {
    return new Sorted(
        field.path("fieldPath").asText(), field.path("order").asText().equals("DESCENDING"));
  }

  private static String wanted(
      String group, boolean wholeGroup, Set<String> equal, List<Sorted> order) {
    return "The query requires an index: %s%s %s then %s"
        .formatted(group, wholeGroup ? " (collection group)" : "", equal, order);
  }
}
