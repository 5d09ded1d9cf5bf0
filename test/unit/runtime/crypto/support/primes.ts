import { fromHex } from '../../../../../packages/runtime/src/crypto/index.js';

/**
 * Group 14 of RFC 3526, a safe prime: mod 8 = 7, mod 3 = 2, mod 5 = 4, mod 24 = 23, mod 7 = 5, so 2 … 7 all generate
 * the right group.
 */
export const ALL_GOOD = fromHex(
  'ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74' +
    '020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437' +
    '4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed' +
    'ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf05' +
    '98da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb' +
    '9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b' +
    'e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718' +
    '3995497cea956ae515d2261898fa051015728e5a8aacaa68ffffffffffffffff',
);

/** ffdhe2048 of RFC 7919, a safe prime: mod 7 = 4, so 7 generates the wrong group; otherwise like {@link ALL_GOOD}. */
export const SEVEN_BAD = fromHex(
  'ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695' +
    'a9e13641146433fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617a' +
    'd3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935' +
    '984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797a' +
    'bc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4' +
    'ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61' +
    '9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005' +
    'c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97ffffffffffffffff',
);

/** A prime with mod 24 = 23 whose half (p − 1) / 2 is composite. */
export const NOT_SAFE = fromHex(
  'ce234ab83e6c9b1e20088dce2159df4d9bf2c4a7a4fc32abbcc15eb777b452c0' +
    'c778aabbd3cfe4722620b342f680967c4657b411e40dbde92f44405e21d04a67' +
    '2b6882b9b276db1e8a4b72a8e735f6551853c85608a9b13d8eecd3f288489a6e' +
    'a2b14f5fe6738e95167a94813458532a15c356c2923e682187fdbdd6c8f8cdaf' +
    'd5e8f5760f82a314d809753a8d155a7d79b4729fe8648ca4d89dd02dd526c843' +
    '8abd474924488ead952c4157a4d0e5cadc600e09afa093e832c960426a87e16b' +
    '9f49a83a5a65ddf89a7cf303324f52d69705b7944b35f0761cace67e287c9a6a' +
    'a159a36d994ffa0cdede1da08ebc4ef0f8a602b5f44156bcb3b9c20075e8d9b7',
);

/** A prime with mod 3 = 1, as no safe prime can be: 3 generates the wrong group. */
export const THREE_BAD = fromHex(
  'e2ad4b04503869b1c898f947d806daa09bd69a2fae7bb4881e5fcd449ec45008' +
    '4ee3bfa1c0f1234f36ae55fe165b3f7c69a529b66f542f735c65d388af4f4e94' +
    'e856f1c772a45e1cbefc68d8b3e9fae3a0aff18e8e6bb632fea028aa0d73553a' +
    '084ddbd56411487282b29b000b928cdffa22f53ac7f45841e1bfbab0880df47d' +
    '1b29727c7fb63c2b701b19fa472d333455e43ca9a8252bc8f5b4fb0449e39f1f' +
    'b2e439b06923e73d6b333b9ac406da20106431efe1eec1af8e2df143cb03278e' +
    '0f2f88cb24cd8dbb0963b1d73146c7cec0d3d82d83f0d4989432e87e2c2cd091' +
    '67e8b54d55138d2caaee89ee3b81ce3f06ce65e7ecd8ba170cb080a8d3100619',
);
