/**
 * The key pair of every local data center that was not given another: made once, so that starting one is fast and
 * clients can have the public half built in. It is PUBLIC, private half included. It protects nothing and is only for
 * tests: never trust it in a client that talks to a real network.
 */
export const LOCAL_PRIVATE_PEM = `-----BEGIN RSA PRIVATE KEY-----
MIIEogIBAAKCAQEAmIjMCk5snmIbeiErbMYfmI9geHngKmaEs9cCPRNPl2RzC7Q2
klV+Rac2NhrAMZTFpxNsKfo5HrjtjJ3QQFZ3rDPwtqRWn5gGNs1IiEjHYLg7jn2T
7iU4j7a2+hm1odjYeZL684dEqWepXrYUaCLp0IUCWfo9gIEwjYhQUWUVYAZ7pAxr
vMdm59eC4xs7gcOWlloW07RPDMBzTOlM5StamRoQcjEAJwds8hG1/XrtiA82FJ9Z
hw22DJSBphf8UVSmbUOYf9VPIjfg6aT6LdRi+iMHbuLgpAZgvxj7VBlw69ujcNkA
KK7kl7tGzoMTrQUHV5k6oUdMNQJVOwu1G1uO0wIDAQABAoIBABiNMZpvE8NNM0hY
fRmIV57sulsUnY+gP2KFtxHcQTFdtQ7V4PrI0VxQv8Rm+zcqem3xYwrsAF8A5mt9
yKldFuzG0iCebxBHyKhFfpPryFEPFmGnC4qHadqSpFJj6lJfXuiipHX8+IDz8ypl
ev9lWeZ695ftVBI9DnLu1U659dN7YpGlPCuxZyMtVNNuF8klFJXj0YUqsuFCEMt4
fhKY9n7/Bdo7NcUUrP4uOmfq/wIMvn4Arvii24MdkHTKCz8TVX+Ug4A5whY4oksP
mRBUX0nWC62jnh64ABqRd0k+y/BZpUB2L5FClUhdfdNVfMWQKtt5VEEWCw/qe45R
KtCbjUECgYEA0wk8iNiQ/JuSjiBu4M1tZfpnQo+tU6SKpvrY/Ykw5T3jrSGJCveu
At0iQeriB3/T0XXLvAHRryOTCuRVLHvilHuCuB4AWPFTLL27jWpVRrM8J06XGk9b
UvZTpRe8+n/xIbJf97VYfQCxiDkD8JBtqiF/JU79Edq73OJlIXo4rhECgYEAuQij
xUszveFxwXA8OHz7yczx45A1cmuystVwKlTd6IkTSpROlcU8mQt1C5GudXc9881t
CHriU76r63rJr+KunTT+M3F6j+hxTYX3dxZtb6RmcT46Xzroh7pEzGPJj6IHVMvV
hwxe7xkpucZj1zTvG9MZIqSRq7QcrSrc4NMnGqMCgYBrgAD+FJOGmhkFnS/eA8b+
c5e2KEo6mU6n0JBIVmI55FTeFH8ivxg9DTguK+AHwe28fSzTEHonpQ96NOXOSy0Y
RfJIp7+1jvi3ic7IMqpN4W969mWyWUpD8IabSoRRdmr2p06LeC0jP/8vTRvcpzW1
vGpwLtRrC+k2k3zAmOnWgQKBgBkA6eCHQP6vsEeLexfHC99BKo6ttgs4MnWoEfgm
b7Y0j77MO7JRbNbhjXd6wDBvZJfFcq5qrJrUcTbo6MgzwZTMzGz3MLCxoF3xdHdL
OI6VkKJM3mZv92wf55wW/+3A32y9/qS5LzrwE4tfG67BIG6KICNmSakCNb3QxPg8
kFQxAoGAG22564izQ34JdGlK4cP3hy1WUODDY1wcA0zKIhnIxGVtVLlsspbnOuvd
UqgarmP6q0/Q/dfxhKtX0pu31hupE0RmgCPAs2CaMKlCGl9FYu1+52/SZFNuu+nI
1NlIYmJhLXKD5dsaAUYYE3+/YnAB9MYxJ4UBWN78wXcmj7yzVdc=
-----END RSA PRIVATE KEY-----
`;

/** The public half of {@link LOCAL_PRIVATE_PEM}: what clients of a local data center take as `rsaKeys`. */
export const LOCAL_PUBLIC_PEM = `-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAmIjMCk5snmIbeiErbMYfmI9geHngKmaEs9cCPRNPl2RzC7Q2klV+
Rac2NhrAMZTFpxNsKfo5HrjtjJ3QQFZ3rDPwtqRWn5gGNs1IiEjHYLg7jn2T7iU4
j7a2+hm1odjYeZL684dEqWepXrYUaCLp0IUCWfo9gIEwjYhQUWUVYAZ7pAxrvMdm
59eC4xs7gcOWlloW07RPDMBzTOlM5StamRoQcjEAJwds8hG1/XrtiA82FJ9Zhw22
DJSBphf8UVSmbUOYf9VPIjfg6aT6LdRi+iMHbuLgpAZgvxj7VBlw69ujcNkAKK7k
l7tGzoMTrQUHV5k6oUdMNQJVOwu1G1uO0wIDAQAB
-----END RSA PUBLIC KEY-----
`;
