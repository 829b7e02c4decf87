package io.github.nnunet4j.network;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.function.Consumer;

/** Where a layer registers its parameters: a place in the network that knows its torch name. */
interface Names {
  /** A weight that starts with the network's own initialisation. */
  Parameter weight(String name, long... shape);

  /** A parameter with first values of its own. */
  Parameter parameter(String name, Initialization first, long... shape);

  /** Numbers that are saved but not trained; they start at 0. */
  Parameter buffer(String name, long... shape);

  /** A block of this place, whose parameters keep their own names behind the place's. */
  void add(Block block);

  /** The same, whose scale and shift start at 0. */
  void addSilent(Block block);

  /** What to do when the parameters are there, with the manager that owns them. */
  void whenStarted(Consumer<NDManager> action);

  /** A place below this one. */
  Names at(String child);

  /** A bias; starts at 0. */
  default Parameter bias(String name, long... shape) {
    return parameter(name, (size, random) -> Initializations.constant(size, 0), shape);
  }
}
