package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.NonzeroCrop;
import io.github.nnunet4j.image.Volume;

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
    return prepared.image().padded(box);
  }

  @Override
  public LabelMap readLabels(Box box) {
    return prepared
        .labels()
        .orElseThrow(() -> PreparedFile.noLabels(id))
        .padded(box, NonzeroCrop.OUTSIDE);
  }
}
