package io.github.nnunet4j.dataset;

import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.internal.Folders;
import io.github.nnunet4j.internal.JsonView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds the files of a data set folder. Reads {@code dataset.json} and folder listings only. */
final class DatasetFolder {
  private final Path folder;
  private final List<ImageFormat> ownFormats;

  DatasetFolder(Path folder, List<ImageFormat> ownFormats) {
    this.folder = folder.toAbsolutePath().normalize();
    this.ownFormats = ownFormats;
  }

  Dataset open() {
    Path json = folder.resolve("dataset.json");
    requireNoRun();
    require(
        Files.isRegularFile(json),
        json,
        "a file that describes the data set",
        Files.isDirectory(folder) ? "no such file" : "no such folder",
        "Pass the folder that holds dataset.json, imagesTr and labelsTr.");
    try {
      return open(DatasetJson.view(json));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** A run or a model has a dataset.json, too, but plans in place of images. */
  private void requireNoRun() {
    boolean model = Files.exists(folder.resolve("model.json"));
    boolean run = Files.exists(folder.resolve("model").resolve("model.json"));
    boolean plans = Files.exists(folder.resolve("plans.json"));
    require(
        Files.exists(folder.resolve("imagesTr")) || !(model || run || plans),
        folder,
        "a data set, with dataset.json, imagesTr and labelsTr",
        model ? "a model folder" : run ? "a run folder with a model" : "a run folder with a plan",
        model || run
            ? "Load the model by NnUNet.load(\"" + (run ? folder.resolve("model") : folder) + "\")."
            : "Open the data set that it was planned for; there is no model here yet.");
  }

  /** The cases of this folder itself, without reference. */
  List<Case> images(DatasetDescription description) {
    try {
      List<ImageFormat> formats = ReaderWords.formats(description.readerWriter(), ownFormats);
      List<Case> cases = new Finder(description, formats).in("", Optional.empty());
      require(
          !cases.isEmpty(),
          folder,
          "at least one case",
          "no file CASE_0000" + description.fileEnding(),
          "Name the images CASE_0000, CASE_0001, ..., one number per channel.");
      return cases;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private DatasetException unreadable(IOException e) {
    return new DatasetException(
        new Problem(
            "data set " + folder,
            "a readable data set folder",
            e.toString(),
            "Check the file and the permissions."),
        e);
  }

  private Dataset open(JsonView json) throws IOException {
    DatasetDescription description = DatasetJson.read(json);
    List<ImageFormat> formats = ReaderWords.formats(description.readerWriter(), ownFormats);
    Path name = folder.getFileName();
    Dataset.Builder builder =
        Dataset.builder(name == null ? "dataset" : name.toString())
            .description(description)
            .folder(folder);
    Finder finder = new Finder(description, formats);
    if (json.has("dataset")) {
      finder.explicit(json.get("dataset")).forEach(builder::add);
    } else if (DatasetJson.isOld(json) && json.has("training")) {
      finder.listed(json.get("training"), true).forEach(builder::add);
    } else {
      finder.in("imagesTr", Optional.of(folder.resolve("labelsTr"))).forEach(builder::add);
    }
    if (DatasetJson.isOld(json) && json.has("test")) {
      finder.listed(json.get("test"), false).forEach(builder::addTest);
    } else if (Files.isDirectory(folder.resolve("imagesTs"))) {
      finder.in("imagesTs", Optional.empty()).forEach(builder::addTest);
    }
    Dataset dataset = builder.build();
    require(
        !dataset.cases().isEmpty(),
        folder.resolve("imagesTr"),
        "at least one case",
        "no file CASE_0000" + description.fileEnding(),
        "Add images, or correct file_ending.");
    return dataset;
  }

  private static void require(boolean ok, Path where, String expected, String found, String next) {
    if (!ok) {
      throw new DatasetException(new Problem(where.toString(), expected, found, next));
    }
  }

  /** Turns names into cases. */
  private final class Finder {
    private final DatasetDescription description;
    private final List<ImageFormat> formats;
    private final String ending;
    private final int channels;

    Finder(DatasetDescription description, List<ImageFormat> formats) {
      this.description = description;
      this.formats = formats;
      ending = description.fileEnding();
      channels = description.channels().size();
    }

    private Case make(String id, List<Path> images, Optional<Path> label) {
      return new FileCase(id, images, label, description.channels(), formats);
    }

    /** Cases of a folder of {@code CASE_0000.ending} files. */
    List<Case> in(String images, Optional<Path> labels) throws IOException {
      Path root = folder.resolve(images);
      require(
          Files.isDirectory(root),
          root,
          "a folder of images",
          "no such folder",
          images.isEmpty()
              ? "Pass the folder that holds the images."
              : "Add it, or list the files in dataset.json under \"dataset\".");
      Pattern pattern = Pattern.compile("([^.].*)_(\\d{4})" + Pattern.quote(ending));
      Map<String, TreeMap<Integer, Path>> found = new TreeMap<>();
      for (String name : Folders.names(root)) {
        Matcher matcher = pattern.matcher(name);
        if (matcher.matches()) {
          found
              .computeIfAbsent(matcher.group(1), id -> new TreeMap<>())
              .put(Integer.parseInt(matcher.group(2)), root.resolve(name));
        }
      }
      List<Case> cases = new ArrayList<>();
      found.forEach(
          (id, files) ->
              cases.add(
                  make(id, expected(root, id, files), labels.map(l -> l.resolve(id + ending)))));
      return cases;
    }

    /**
     * What is read for a case: one file alone may hold all channels; else a file per declared
     * channel, there or not, and any beyond, so that reading names what is missing or too much.
     */
    private List<Path> expected(Path root, String id, NavigableMap<Integer, Path> files) {
      if (files.size() == 1 && files.containsKey(0)) {
        return List.copyOf(files.values());
      }
      TreeMap<Integer, Path> all = new TreeMap<>(files);
      for (int c = 0; c < channels; c++) {
        all.putIfAbsent(c, channelFile(root, id, c));
      }
      return List.copyOf(all.values());
    }

    private Path channelFile(Path root, String id, int channel) {
      return root.resolve(String.format(Locale.ROOT, "%s_%04d%s", id, channel, ending));
    }

    private List<Path> channelFiles(Path root, String id) {
      return IntStream.range(0, channels).mapToObj(c -> channelFile(root, id, c)).toList();
    }

    /** Cases whose files {@code dataset.json} names one by one (v2). */
    List<Case> explicit(JsonView entries) {
      List<Case> cases = new ArrayList<>();
      entries
          .entries()
          .forEach(
              (id, files) ->
                  cases.add(
                      make(
                          id,
                          files.get("images").list(image -> folder.resolve(image.text())),
                          Optional.of(folder.resolve(files.get("label").text())))));
      return cases;
    }

    /** Cases that v1 and the Decathlon list; the image may be a stem of channel files. */
    List<Case> listed(JsonView entries, boolean labelled) {
      List<Case> cases = new ArrayList<>();
      for (JsonView entry : entries.list()) {
        JsonView image = entry.isObject() ? entry.get("image") : entry;
        Path file = folder.resolve(image.text()).normalize();
        String fileName = String.valueOf(file.getFileName());
        if (!fileName.endsWith(ending)) {
          throw image.failure("a file name that ends in " + ending, "Correct the list.");
        }
        String id = fileName.substring(0, fileName.length() - ending.length());
        Path root = file.resolveSibling(".").normalize();
        List<Path> images = Files.exists(file) ? List.of(file) : channelFiles(root, id);
        Optional<Path> label =
            labelled
                ? Optional.of(folder.resolve(entry.get("label").text()).normalize())
                : Optional.empty();
        cases.add(make(id, images, label));
      }
      return cases;
    }
  }
}
