package io.github.nnunet4j.network;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;

/** Where a layer registers its parameters: a place in the network that knows its torch name. */
interface Names {
  /** A parameter of this place. */
  Parameter add(String name, Parameter.Type type, long... shape);

  /** A block of this place, whose parameters keep their own names behind the place's. */
  void add(Block block);

  /** A place below this one. */
  Names at(String child);
}
