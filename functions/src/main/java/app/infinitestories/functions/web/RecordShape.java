package app.infinitestories.functions.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.AssertTrue;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record as a JSON object. Read strictly: an unknown field, a wrong type and a broken constraint
 * are noted for every field at once. A component is required if it is primitive or carries
 * {@code @NotNull} or {@code @NotBlank}; any other is null when it is left out, and only a {@link
 * Change} tells that from a null that was sent. Rules across fields are methods with
 * {@code @AssertTrue}; they are asked once every field by itself is right. An answer may hold a
 * record {@code @JsonUnwrapped}: its fields stand among the outer ones, or are left out together
 * where it is null.
 */
final class RecordShape<T> implements Shape {

  /** What the record is for: this decides what is required and what is allowed. */
  enum Use {
    REQUEST,
    QUERY,
    ANSWER
  }

  /** {@code patched}: a {@link Change}, which tells a field left out from one that is null. */
  private record Component(
      String name,
      Shape shape,
      List<Constraint> constraints,
      boolean required,
      boolean nullable,
      boolean patched) {}

  private record Rule(String field, String problem, Method method) {}

  private final Class<T> type;
  private final Use use;
  private final Map<String, Component> components = new LinkedHashMap<>();
  private final Set<String> leftOut = new HashSet<>();
  private final List<Rule> rules = new ArrayList<>();
  private final Constructor<T> constructor;

  static <T> RecordShape<T> ofRequest(Class<T> type) {
    return new RecordShape<>(type, Use.REQUEST);
  }

  static <T> RecordShape<T> ofQuery(Class<T> type) {
    return new RecordShape<>(type, Use.QUERY);
  }

  static RecordShape<?> of(Class<?> type, Use use) {
    return new RecordShape<>(type, use);
  }

  private RecordShape(Class<T> type, Use use) {
    if (!type.isRecord()) {
      throw new IllegalStateException(type + " is not a record");
    }
    this.type = type;
    this.use = use;
    RecordComponent[] parts = type.getRecordComponents();
    for (RecordComponent part : parts) {
      if (use == Use.ANSWER && isUnwrapped(part)) {
        unwrap(part);
      } else {
        components.put(part.getName(), component(part));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      AssertTrue rule = method.getAnnotation(AssertTrue.class);
      if (rule != null) {
        rules.add(rule(method, rule));
      }
    }
    // reflection returns methods in no particular order
    rules.sort((a, b) -> a.method().getName().compareTo(b.method().getName()));
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Component component(RecordComponent part) {
    String where = type.getSimpleName() + "." + part.getName();
    AnnotatedType annotated = part.getAnnotatedType();
    if (part.getType() == Change.class) {
      return patched(part.getName(), annotated, where);
    }
    Shape shape = Shape.of(annotated, where, use);
    if (use == Use.QUERY && !(shape instanceof Scalar)) {
      throw new IllegalStateException(where + ": a query parameter is a scalar");
    }
    List<Constraint> constraints = Constraint.of(annotations(part), part.getType(), where);
    boolean nullable = isNullable(annotated);
    boolean required =
        part.getType().isPrimitive() || constraints.stream().anyMatch(Constraint::required);
    if (use != Use.ANSWER && required == nullable) {
      throw new IllegalStateException(
          where + ": say either @Nullable or @NotNull, so that readers know what to expect");
    }
    return new Component(part.getName(), shape, constraints, required, nullable, false);
  }

  /** A field of a PATCH: constraints and {@code @Nullable} stand at the value's type. */
  private Component patched(String name, AnnotatedType annotated, String where) {
    if (use != Use.REQUEST || !(annotated instanceof AnnotatedParameterizedType generic)) {
      throw new IllegalStateException(where + ": a change is part of a request's body");
    }
    AnnotatedType value = generic.getAnnotatedActualTypeArguments()[0];
    List<Constraint> constraints =
        Constraint.of(value.getAnnotations(), Shape.raw(value.getType()), where);
    if (constraints.stream().anyMatch(Constraint::required)) {
      throw new IllegalStateException(where + ": a change may always be left out");
    }
    return new Component(
        name, Shape.of(value, where, use), constraints, false, isNullable(value), true);
  }

  private static boolean isNullable(AnnotatedType type) {
    return Arrays.stream(type.getAnnotations())
        .anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"));
  }

  private boolean isUnwrapped(RecordComponent part) {
    return Arrays.stream(annotations(part)).anyMatch(JsonUnwrapped.class::isInstance);
  }

  private void unwrap(RecordComponent part) {
    RecordShape<?> inner = of(part.getType(), use);
    components.putAll(inner.components);
    boolean nullable = isNullable(part.getAnnotatedType());
    leftOut.addAll(nullable ? inner.components.keySet() : inner.leftOut);
  }

  /** The component's own annotations; the compiler copies them to the field. */
  private Annotation[] annotations(RecordComponent part) {
    try {
      return type.getDeclaredField(part.getName()).getAnnotations();
    } catch (NoSuchFieldException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Rule rule(Method method, AssertTrue rule) {
    if (method.getReturnType() != boolean.class || method.getParameterCount() > 0) {
      throw new IllegalStateException(
          method + " is no rule: it must be boolean, without arguments");
    }
    if (rule.message().startsWith("{")) {
      throw new IllegalStateException(method + " has no message");
    }
    method.setAccessible(true);
    About about = method.getAnnotation(About.class);
    return new Rule(
        about == null ? property(method.getName()) : about.value(), rule.message(), method);
  }

  private static String property(String method) {
    String name = method.startsWith("is") && method.length() > 2 ? method.substring(2) : method;
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  String name() {
    return type.getSimpleName();
  }

  Class<T> type() {
    return type;
  }

  /** The record, or null after noting at least one problem. */
  @Override
  public @Nullable T read(JsonNode node, String path, Problems problems) {
    int before = problems.count();
    if (!node.isObject()) {
      problems.add(path.isEmpty() ? "body" : path, "must be an object");
      return null;
    }
    String prefix = path.isEmpty() ? "" : path + ".";
    node.fieldNames()
        .forEachRemaining(field -> {
          if (!components.containsKey(field)) {
            problems.add(prefix + field, "is not known");
          }
        });
    List<@Nullable Object> values = new ArrayList<>();
    for (Component component : components.values()) {
      JsonNode value = node.get(component.name());
      String at = prefix + component.name();
      if (component.patched()) {
        values.add(change(component, value, at, problems));
      } else if (value == null || value.isNull()) {
        if (component.required()) {
          problems.add(at, "is required");
        }
        values.add(null);
      } else {
        values.add(
            Shape.readChecked(component.shape(), component.constraints(), value, at, problems));
      }
    }
    return problems.count() > before ? null : checked(construct(values), prefix, problems);
  }

  private static Change<?> change(
      Component component, @Nullable JsonNode value, String at, Problems problems) {
    if (value == null) {
      return Change.none();
    }
    if (value.isNull() && component.nullable()) {
      return Change.cleared();
    }
    Object read =
        Shape.readChecked(component.shape(), component.constraints(), value, at, problems);
    return read == null ? Change.none() : Change.to(read);
  }

  /**
   * The record from query parameters, of which those that it does not know are none of its
   * business.
   */
  @Nullable T readQuery(Map<String, List<String>> parameters, Problems problems) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Component component : components.values()) {
      List<String> texts = parameters.getOrDefault(component.name(), List.of());
      if (texts.size() > 1) {
        problems.add(component.name(), "must be given once");
      } else if (texts.size() == 1 && component.shape() instanceof Scalar scalar) {
        object.set(component.name(), scalar.fromQuery(texts.getFirst()));
      }
    }
    return read(object, "", problems);
  }

  private T construct(List<@Nullable Object> values) {
    try {
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException thrown) {
      throw new IllegalStateException(type + " refused validated values", thrown.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private @Nullable T checked(T value, String prefix, Problems problems) {
    int before = problems.count();
    for (Rule rule : rules) {
      try {
        if (!Boolean.TRUE.equals(rule.method().invoke(value))) {
          problems.add(prefix + rule.field(), rule.problem());
        }
      } catch (ReflectiveOperationException broken) {
        throw new IllegalStateException(rule.method() + " failed", broken);
      }
    }
    return problems.count() > before ? null : value;
  }

  @Override
  public ObjectNode schema(Schemas schemas) {
    return schemas.refer(type, use, () -> define(schemas));
  }

  private ObjectNode define(Schemas schemas) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    List<String> required = new ArrayList<>();
    for (Component component : components.values()) {
      properties.set(component.name(), property(component, schemas));
      if (!leftOut.contains(component.name()) && (component.required() || use == Use.ANSWER)) {
        required.add(component.name());
      }
    }
    if (!required.isEmpty()) {
      required.forEach(schema.putArray("required")::add);
    }
    if (use == Use.REQUEST) {
      schema.put("additionalProperties", false);
    }
    return schema;
  }

  private static ObjectNode property(Component component, Schemas schemas) {
    ObjectNode schema = Shape.constrained(component.shape(), component.constraints(), schemas);
    return component.nullable() ? Schemas.nullable(schema) : schema;
  }

  /** One query parameter for the documentation. */
  record Parameter(String name, boolean required, ObjectNode schema) {}

  List<Parameter> parameters(Schemas schemas) {
    return components.values().stream()
        .map(component ->
            new Parameter(
                component.name(),
                component.required(),
                Shape.constrained(component.shape(), component.constraints(), schemas)))
        .toList();
  }
}
