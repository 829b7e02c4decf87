package io.github.nnunet4j.plan;

import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Keeps {@code inherits_from} consistent: parents exist, nothing runs in a circle. */
final class Inheritance {
  private Inheritance() {}

  /** The configurations in their order, each marked with what it states itself. */
  static List<Configuration> settle(Collection<Configuration> configurations) {
    Map<String, Configuration> byName = new LinkedHashMap<>();
    for (Configuration configuration : configurations) {
      if (byName.put(configuration.name(), configuration) != null) {
        throw failure(configuration.name(), "each name once", "twice", "Rename one of them.");
      }
    }
    Map<String, String> parents = new LinkedHashMap<>();
    byName.forEach((name, c) -> c.inheritsFrom().ifPresent(p -> parents.put(name, p)));
    check(parents, byName.keySet());
    return byName.values().stream()
        .map(
            c ->
                c.inheritsFrom()
                    .map(p -> stating(c, Objects.requireNonNull(byName.get(p), p)))
                    .orElse(c))
        .toList();
  }

  /** Fails unless every parent is known and every chain ends. */
  static void check(Map<String, String> parents, Set<String> known) {
    parents.forEach(
        (name, parent) -> {
          if (!known.contains(parent)) {
            throw failure(
                name + ".inherits_from",
                "one of the configurations " + known,
                "\"" + parent + "\"",
                "Name an existing configuration.");
          }
          Set<String> chain = new LinkedHashSet<>();
          for (String at = name; at != null; at = parents.get(at)) {
            if (!chain.add(at)) {
              throw failure(
                  name + ".inherits_from",
                  "a chain that ends",
                  "a circle " + String.join(" -> ", chain) + " -> " + at,
                  "Let one of them stand alone.");
            }
          }
        });
  }

  /** The configurations with one replaced or added; heirs follow. */
  static Collection<Configuration> replace(
      List<Configuration> configurations, Configuration changed) {
    Map<String, Configuration> result = new LinkedHashMap<>();
    configurations.forEach(c -> result.put(c.name(), c));
    List<Configuration> pending = new ArrayList<>(List.of(changed));
    Set<String> done = new LinkedHashSet<>();
    while (!pending.isEmpty()) {
      Configuration parent = pending.remove(0);
      result.put(parent.name(), parent);
      if (done.add(parent.name())) {
        for (Configuration heir : List.copyOf(result.values())) {
          if (heir.inheritsFrom().filter(parent.name()::equals).isPresent()) {
            pending.add(following(heir, parent));
          }
        }
      }
    }
    return result.values();
  }

  /** The heir with all that differs from its parent marked as stated. */
  private static Configuration stating(Configuration heir, Configuration parent) {
    EnumSet<ConfigurationPart> all = EnumSet.noneOf(ConfigurationPart.class);
    for (ConfigurationPart part : ConfigurationPart.values()) {
      if (heir.stated().contains(part) || !part.value(heir).equals(part.value(parent))) {
        all.add(part);
      }
    }
    return all.equals(heir.stated()) ? heir : heir.toBuilder().stated(all).build();
  }

  /** The heir with everything that it does not state itself taken from its parent. */
  private static Configuration following(Configuration heir, Configuration parent) {
    Configuration.Builder builder = heir.toBuilder();
    for (ConfigurationPart part : ConfigurationPart.values()) {
      if (!heir.stated().contains(part)) {
        part.copy(parent, builder);
      }
    }
    return builder.stated(heir.stated()).build();
  }

  private static PlanException failure(String where, String expected, String found, String next) {
    return new PlanException(new Problem("$.configurations." + where, expected, found, next));
  }
}
