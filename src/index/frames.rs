//! Blocks of the dictionaries of columns, as they lie in their file: one that says to hold more than a block does is refused.
//!
//! A dictionary is cut into blocks of about 4,000 bytes, and those that become shorter by it are packed with Zstandard. The
//! head of a packed block says how long it is unpacked. Tantivy asks for so much memory before it unpacks, and a bit that has
//! turned there asks for more than any machine has, which ends the program.

/// Bytes of an unpacked block, at most.
// A block is ended when it has 4,000 bytes, so it has a string more, and no string is longer than 64 KB.
const MOST_UNPACKED: u64 = 1 << 20;

/// What Zstandard begins with.
const MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// Whether all packed blocks of `dictionary` say to be as long as blocks are. Before each block stand its length, four
/// bytes, and whether it is packed; a length of nothing ends the list.
pub(super) fn are_sound(mut dictionary: &[u8]) -> bool {
    while let Some((length, rest)) = dictionary.split_first_chunk::<4>() {
        let length = u32::from_le_bytes(*length) as usize;
        if length <= 1 {
            break;
        }
        // One that is cut off is read by nobody, and what follows is no block.
        let Some((block, behind)) = rest.split_at_checked(length) else { break };
        if block[0] == 1 && unpacked(&block[1..]).is_some_and(|length| length > MOST_UNPACKED) {
            return false;
        }
        dictionary = behind;
    }
    true
}

/// The length that a frame of Zstandard says to have unpacked; `None` where it says none (RFC 8878, 3.1.1.1).
fn unpacked(frame: &[u8]) -> Option<u64> {
    let (descriptor, rest) = frame.strip_prefix(&MAGIC)?.split_first()?;
    let single = descriptor & 0x20 != 0;
    let bytes = match descriptor >> 6 {
        0 => usize::from(single),
        flag => 1 << flag,
    };
    let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
    // A window is described where the content is not one segment.
    let from = usize::from(!single) + dictionary;
    let field = rest.get(from..from + bytes).filter(|field| !field.is_empty())?;
    let length = field.iter().rev().fold(0, |length: u64, byte| length << 8 | u64::from(*byte));
    // Lengths of one byte reach to 255, and so those of two count from there.
    Some(if bytes == 2 { length + 256 } else { length })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(packed: bool, content: &[u8]) -> Vec<u8> {
        let length = (content.len() as u32 + 1).to_le_bytes();
        [&length[..], &[u8::from(packed)], content].concat()
    }

    fn frame(descriptor: u8, head: &[u8]) -> Vec<u8> {
        [&MAGIC[..], &[descriptor], head, &[0; 12]].concat()
    }

    #[test]
    fn the_length_of_a_frame_is_read_where_it_says_one() {
        for (descriptor, head, expected) in [
            (0x20, &[7][..], Some(7)),
            (0x60, &[0xA0, 0x0E], Some(4_000)),
            (0xA0, &[0, 0, 0x10, 0], Some(1 << 20)),
            (0xE0, &[0, 0, 0, 0, 0, 0, 0, 0x40], Some(1 << 62)),
            // With a window, and with a dictionary of two bytes.
            (0x40, &[9, 0xA0, 0x0E], Some(4_000)),
            (0x22, &[1, 1, 7], Some(7)),
            (0x00, &[9], None),
        ] {
            assert_eq!(unpacked(&frame(descriptor, head)), expected, "{descriptor:x}");
        }
        for torn in [&b""[..], b"no frame", &MAGIC, &frame(0xE0, &[])[..9]] {
            assert_eq!(unpacked(torn), None, "{torn:?}");
        }
    }

    #[test]
    fn a_block_that_is_too_long_is_found_behind_others() {
        let (sound, forged) = (frame(0x60, &[0xA0, 0x0E]), frame(0xE0, &[0xFF; 8]));
        let end = [0; 4];
        for (blocks, expected) in [
            (vec![block(true, &sound), block(false, &forged)], true),
            (vec![block(false, b"abc"), block(true, &forged)], false),
            (vec![end.to_vec(), block(true, &forged)], true),
            (vec![block(true, &sound)[..9].to_vec()], true),
            (vec![], true),
        ] {
            assert_eq!(are_sound(&blocks.concat()), expected, "{blocks:?}");
        }
    }
}
