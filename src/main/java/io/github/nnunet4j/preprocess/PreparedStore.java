package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.CaseListener;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.AtomicFiles;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Prepared cases in a folder, one file each. A file is written beside its place and renamed, so it
 * is whole or not there; it is reused when, and only when, recipe, meaning of the labels and
 * sources of the case (size and time of its files, or else its voxels) are unchanged, and the
 * library prepares and stores cases as it did.
 *
 * <p>Recipes are told apart by how they print. A strategy that does not say what it is, such as a
 * lambda, prints differently at each start; it needs a name, by {@link #withKey} or {@link
 * #namedBy}, or nothing is prepared. What a recipe does to probabilities does not matter here.
 */
public final class PreparedStore {
  private static final String ENDING = ".prepared";

  private static final int SUBFOLDER_LETTERS = 24; // 96 bits

  /** No case is written for that long, unless its process was killed. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path folder;
  private final Optional<String> key;
  private final Optional<Function<Recipe, String>> names;

  private PreparedStore(
      Path folder, Optional<String> key, Optional<Function<Recipe, String>> names) {
    this.folder = folder;
    this.key = key;
    this.names = names;
  }

  /**
   * A store in a folder, which is made when the first case is written.
   *
   * @param folder holds the files
   * @return the store
   */
  public static PreparedStore in(Path folder) {
    return new PreparedStore(folder, Optional.empty(), Optional.empty());
  }

  /**
   * The same store with a name for what the strategies of a recipe do not print. Change it whenever
   * a strategy does something else than before, as by a version at its end: {@code "clip-400/2"}.
   *
   * @param name stands for all strategies that do not say what they are
   * @return the store
   */
  public PreparedStore withKey(String name) {
    return new PreparedStore(folder, Optional.of(name), names);
  }

  /**
   * The same store, which asks for a name where strategies of a recipe do not print what they are
   * and there is no key; such as the words of a plans file, {@code codec::words}.
   *
   * @param words gives equal texts for recipes that do the same, or throws
   * @return the store
   */
  public PreparedStore namedBy(Function<Recipe, String> words) {
    return new PreparedStore(folder, key, Optional.of(words));
  }

  /**
   * The same store in a subfolder of its own for what determines prepared cases: the recipe, the
   * meaning of the labels and the names of strategies. Plans of one recipe share the subfolder,
   * whatever made them; those of two recipes keep theirs side by side.
   *
   * @param recipe what is done
   * @param meaning of the labels
   * @return the store to prepare with and to open cases from
   * @throws PreprocessException if a strategy does not say what it is and has no name
   */
  public PreparedStore forRecipe(Recipe recipe, Labels meaning) {
    String digest = StoreDigest.ofText(text(recipe, meaning)).substring(0, SUBFOLDER_LETTERS);
    return new PreparedStore(folder.resolve("recipe-" + digest), key, names);
  }

  /**
   * Prepares what is not there yet. After an interruption the next call goes on where this one
   * ended. At most as many cases as threads are in memory at the same time.
   *
   * @param cases to prepare
   * @param recipe what is done
   * @param meaning of the labels
   * @param threads cases at the same time, at least 1
   * @param listener hears of each case that is done
   * @return the prepared cases, in the order of {@code cases}
   * @throws PreprocessException if a case cannot be prepared or written, which it names; or if a
   *     strategy does not say what it is and has no name
   * @throws CancelledException if a thread of the work is interrupted
   */
  public List<PreparedCase> prepare(
      List<? extends Case> cases,
      Recipe recipe,
      Labels meaning,
      int threads,
      CaseListener listener) {
    String printed = text(recipe, meaning);
    requireDifferent(cases);
    sweep();
    Preprocessor preprocessor = Preprocessor.of(recipe);
    PreparedCase[] out = new PreparedCase[cases.size()];
    Cases.forEach(
        cases,
        threads,
        "prepare",
        listener,
        (i, one) -> {
          if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException(
                new Problem(
                    "preparation of " + folder,
                    "to finish",
                    "an interrupt before case " + one.id(),
                    "Prepare again to go on; finished cases are kept."));
          }
          Case loaded = Loaded.of(one);
          out[i] = one(loaded, StoreDigest.of(printed, loaded), preprocessor, meaning);
        });
    return List.of(out);
  }

  /** What tells this work from other work on the same sources. */
  String text(Recipe recipe, Labels meaning) {
    RecipeText recipeText = RecipeText.of(recipe);
    String name = key.orElse("");
    if (key.isEmpty() && !recipeText.nameless().isEmpty()) {
      name = names.orElseThrow(() -> new PreprocessException(recipeText.nameless())).apply(recipe);
    }
    return RecipeText.join(List.of(recipeText.text(), name, meaning.toString()));
  }

  /** Two cases of one id would take each other's file. */
  private static void requireDifferent(List<? extends Case> cases) {
    Map<String, Case> seen = new HashMap<>();
    for (Case one : cases) {
      Case other = seen.putIfAbsent(one.id(), one);
      if (other != null && !other.equals(one)) {
        throw new PreprocessException(
            new Problem(
                "case " + one.id(),
                "different ids",
                "this id for two cases",
                "Rename one of the two cases."));
      }
    }
  }

  private void sweep() {
    try {
      AtomicFiles.sweep(folder, ENDING, ABANDONED);
    } catch (IOException e) {
      throw new PreprocessException(
          new Problem(
              "prepared cases in " + folder,
              "a folder that can be listed and written",
              e.toString(),
              "Change its permissions or choose another folder."),
          e);
    }
  }

  /**
   * What a supplier loads is asked for twice: to tell whether it has changed, and to prepare it.
   */
  private record Loaded(String id, Volume image, Optional<LabelMap> labels) implements Case {
    static Case of(Case one) throws IOException {
      return one.files().isEmpty() ? new Loaded(one.id(), one.image(), one.labels()) : one;
    }
  }

  private PreparedCase one(Case one, String digest, Preprocessor preprocessor, Labels meaning)
      throws IOException {
    Path file = file(one.id());
    Optional<PreparedCase> found = current(file, digest);
    if (found.isPresent()) {
      return found.get();
    }
    Prepared prepared = preprocessor.prepare(one, meaning);
    try {
      PreparedWriter.write(file, one.id(), digest, prepared);
      return PreparedFile.open(file);
    } catch (ClosedByInterruptException e) {
      throw e; // the caller says what an interrupt means
    } catch (IOException e) {
      throw new PreprocessException(
          new Problem(
              "case " + one.id() + ", " + file,
              "to write the prepared case",
              e.toString(),
              "Free space or choose another folder, then prepare again; finished cases are kept."),
          e);
    }
  }

  private static Optional<PreparedCase> current(Path file, String digest) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      PreparedFile found = PreparedFile.open(file);
      return found.header().digest().equals(digest) ? Optional.of(found) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // damaged: made again
    }
  }

  /**
   * Where the files of this store lie.
   *
   * @return the folder, which may not be there yet
   */
  public Path folder() {
    return folder;
  }

  /**
   * A case that was prepared before, whatever it was made from.
   *
   * @param id the case id
   * @return the case
   * @throws PreprocessException if there is none or its file is damaged
   */
  public PreparedCase open(String id) {
    try {
      return PreparedFile.open(file(id));
    } catch (IOException e) {
      throw new PreprocessException(
          new Problem(
              "case " + id + ", " + file(id),
              "a whole prepared case",
              e.toString(),
              "Prepare the data set again."),
          e);
    }
  }

  private Path file(String id) {
    return folder.resolve(id + ENDING);
  }

  @Override
  public String toString() {
    return "PreparedStore in " + folder + key.map(k -> ", key " + k).orElse("");
  }
}
