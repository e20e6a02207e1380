package dev.weft.io.hdf5;

import io.jhdf.Constants;
import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.SymbolTableEntry;
import io.jhdf.Utils;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names in a group, and what they lead to. */
final class GroupLinks {
  /** A symbol table entry that is a soft link. */
  private static final int SOFT = 2;

  private final GuardedStorage storage;

  GroupLinks(GuardedStorage storage) {
    this.storage = storage;
  }

  /** What a name leads to. */
  sealed interface Target {
    /** An object of the file. */
    record Object(long address) implements Target {}

    /** Another name of the file. */
    record Soft(String path) implements Target {}

    /** Another file. */
    record External(String file) implements Target {}
  }

  /**
   * A name in a group.
   *
   * @param order of creation, -1 where the group does not tell
   */
  record Link(String name, Target target, long order) {}

  /** Whether an object is a group. */
  static boolean isGroup(ObjectHeader header) {
    return header.hasMessageOfType(SymbolTableMessage.class)
        || header.hasMessageOfType(LinkInfoMessage.class);
  }

  /** The names in the group that an object is, in order of creation where that is told. */
  List<Link> of(ObjectHeader header) {
    List<Link> links = new ArrayList<>();
    if (header.hasMessageOfType(SymbolTableMessage.class)) {
      addOld(header.getMessageOfType(SymbolTableMessage.class), links);
    } else if (header.hasMessageOfType(LinkInfoMessage.class)) {
      addNew(header, links);
    }
    links.sort(Comparator.comparingLong(Link::order).thenComparing(Link::name));
    return links;
  }

  /** The link of a name, or null. */
  @Nullable Link find(ObjectHeader header, String name) {
    return of(header).stream().filter(link -> link.name().equals(name)).findFirst().orElse(null);
  }

  private void addOld(SymbolTableMessage table, List<Link> links) {
    LocalHeap heap = new LocalHeap(storage, table.getLocalHeapAddress());
    ByteBuffer names = heap.getDataBuffer();
    BTreeV1 tree = BTreeV1.createGroupBTree(storage, table.getBTreeAddress());
    for (long node : tree.getChildAddresses()) {
      for (SymbolTableEntry entry :
          new GroupSymbolTableNode(storage, node).getSymbolTableEntries()) {
        Target target =
            entry.getCacheType() == SOFT
                ? new Target.Soft(text(names, entry.getLinkValueOffset()))
                : new Target.Object(entry.getObjectHeaderAddress());
        links.add(new Link(text(names, entry.getLinkNameOffset()), target, -1));
      }
    }
  }

  private static String text(ByteBuffer names, int offset) {
    return Utils.readUntilNull(names.position(offset));
  }

  private void addNew(ObjectHeader header, List<Link> links) {
    LinkInfoMessage info = header.getMessageOfType(LinkInfoMessage.class);
    header.getMessagesOfType(LinkMessage.class).forEach(message -> links.add(link(message)));
    if (info.getBTreeNameIndexAddress() == Constants.UNDEFINED_ADDRESS) {
      return;
    }
    IndexLimits.requireTree(storage, info.getBTreeNameIndexAddress());
    FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
    BTreeV2<LinkNameForIndexedGroupRecord> tree =
        new BTreeV2<>(storage, info.getBTreeNameIndexAddress());
    for (LinkNameForIndexedGroupRecord entry : tree.getRecords()) {
      links.add(link(LinkMessage.fromBuffer(heap.getId(entry.getId()), storage.getSuperblock())));
    }
  }

  private static Link link(LinkMessage message) {
    Target target =
        switch (message.getLinkType()) {
          case HARD -> new Target.Object(message.getHardLinkAddress());
          case SOFT -> new Target.Soft(message.getSoftLink());
          case EXTERNAL -> new Target.External(message.getExternalFile());
        };
    return new Link(message.getLinkName(), target, message.getCreationOrder());
  }
}
