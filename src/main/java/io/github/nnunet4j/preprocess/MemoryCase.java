package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.util.Arrays;

/** A prepared case whose voxels are in memory. */
record MemoryCase(String id, Prepared prepared) implements PreparedCase {
  @Override
  public Extent extent() {
    return prepared.image().grid().extent();
  }

  @Override
  public int channels() {
    return prepared.image().channels();
  }

  @Override
  public ClassLocations classLocations() {
    return prepared.classLocations();
  }

  @Override
  public Restoration restoration() {
    return prepared.restoration();
  }

  @Override
  public Volume readImage(Box box) {
    PatchRows rows = new PatchRows(extent(), box);
    float[][] out = new float[channels()][rows.size()];
    for (int c = 0; c < out.length; c++) {
      float[] from = prepared.image().unsafeArray(c);
      float[] to = out[c];
      rows.forEach((at, into, n) -> System.arraycopy(from, at, to, into, n));
    }
    return Volume.wrap(prepared.image().grid().crop(box), out);
  }

  @Override
  public LabelMap readLabels(Box box) {
    short[] from = prepared.labels().orElseThrow(() -> PreparedFile.noLabels(id)).unsafeArray();
    PatchRows rows = new PatchRows(extent(), box);
    short[] out = new short[rows.size()];
    Arrays.fill(out, io.github.nnunet4j.image.NonzeroCrop.OUTSIDE);
    rows.forEach((at, into, n) -> System.arraycopy(from, at, out, into, n));
    return LabelMap.wrap(prepared.image().grid().crop(box), out);
  }
}
