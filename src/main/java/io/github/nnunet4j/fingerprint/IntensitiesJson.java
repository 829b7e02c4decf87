package io.github.nnunet4j.fingerprint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.internal.JsonView;
import java.util.ArrayList;
import java.util.List;

/**
 * The intensity statistics of the channels as {@code dataset_fingerprint.json} and {@code
 * plans.json} hold them alike: an object of channel numbers under {@link #KEY}.
 */
public final class IntensitiesJson {
  /** Where both files hold them. */
  public static final String KEY = "foreground_intensity_properties_per_channel";

  private IntensitiesJson() {}

  /**
   * Adds the statistics to a file's tree.
   *
   * @param perChannel in channel order
   * @param root of the tree, gets the entry {@link #KEY}
   */
  public static void write(List<IntensityStatistics> perChannel, ObjectNode root) {
    ObjectNode channels = root.putObject(KEY);
    for (IntensityStatistics s : perChannel) {
      channels
          .putObject(Integer.toString(channels.size()))
          .put("max", s.maximum())
          .put("mean", s.mean())
          .put("median", s.median())
          .put("min", s.minimum())
          .put("percentile_00_5", s.percentile00_5())
          .put("percentile_99_5", s.percentile99_5())
          .put("std", s.standardDeviation());
    }
  }

  /**
   * Reads the statistics from a file's tree.
   *
   * @param root of the tree, with the entry {@link #KEY}
   * @return in channel order
   * @throws io.github.nnunet4j.error.NnUNetException of the view's kind, naming what is missing
   */
  public static List<IntensityStatistics> read(JsonView root) {
    JsonView channels = root.get(KEY);
    List<IntensityStatistics> out = new ArrayList<>();
    for (int c = 0; c < channels.entries().size(); c++) {
      JsonView channel = channels.get(Integer.toString(c));
      out.add(
          IntensityStatistics.builder()
              .maximum(channel.get("max").number())
              .mean(channel.get("mean").number())
              .median(channel.get("median").number())
              .minimum(channel.get("min").number())
              .percentile00_5(channel.get("percentile_00_5").number())
              .percentile99_5(channel.get("percentile_99_5").number())
              .standardDeviation(channel.get("std").number())
              .build());
    }
    return out;
  }
}
