import Testing
import Transport

/// Which addresses a definition may reach.
struct IPAddressTests {
    @Test(arguments: [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1",
        "198.51.100.7", "203.0.113.9", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
        "2001::1", "100::1", "fec0::1", "fd00:ec2::254", "100.100.100.200",
    ])
    func `a special address is not public`(_ text: String) throws {
        #expect(try #require(IPAddress(text)).isPublic == false)
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "192.167.0.1",
        "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::", "64:ff9b::808:808",
    ])
    func `an address of the Internet is public`(_ text: String) throws {
        #expect(try #require(IPAddress(text)).isPublic)
    }

    // The manuals of Amazon, Google, Azure, Alibaba, Oracle, Scaleway and Akamai name them.
    @Test(arguments: [
        "169.254.169.254", "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254", "168.63.129.16",
        "100.100.100.200", "fd00:c1::a9fe:a9fe", "fd00:42::42", "fd00:100::100:200",
        "fd00:a9fe:a9fe::1",
        "::ffff:169.254.169.254", "::ffff:100.100.100.200",
    ])
    func `where clouds tell machines their secrets no name may lead`(_ text: String) throws {
        #expect(try #require(IPAddress(text)).reach == .specially)
    }

    @Test(arguments: ["2130706433", "0x7f.1", "017700000001", "localhost", "", "1.2.3", "::g"])
    func `what is no address is not read as one`(_ text: String) {
        #expect(IPAddress(text) == nil)
    }
}
