//! The command line.

use super::StartError;
use crate::controller::BrokerSettings;
use crate::simulation::Config;
use clap::error::ErrorKind;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// A real Kafka cluster that is played with.
#[derive(Debug, clap::Parser)]
#[command(name = "partita", version, about)]
pub(super) enum Program {
    /// Serves a cluster on TCP, and its page.
    ///
    /// Broker 1 listens on --port, broker 2 on the next one, and so on. Prints `ready` once they answer.
    Serve(Options),
    /// Gives a running `partita serve` a command: kills a broker, cuts a link, and so on.
    ///
    /// Exit status: 0, it is done; 1, it was refused; 2, there was nobody to ask.
    Command(CommandOptions),
    /// Writes the logs of a running `partita serve` into a folder, as Apache Kafka's own files: NODE/TOPIC-PARTITION/FILE.
    ///
    /// Apache Kafka's tools read them, such as `kafka-dump-log.sh --deep-iteration --print-data-log --files FILE`.
    /// Exit status: 0, it is done; 1, there is no such log; 2, there was nobody to ask.
    Export(ExportOptions),
}

#[derive(Debug, clap::Args)]
pub(super) struct ExportOptions {
    /// The page's port of the server.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// The folder to write to.
    #[arg(long, value_name = "DIR", default_value = "partita-logs")]
    pub to: PathBuf,
    /// The node whose disk it is; every node's, if not given.
    pub node: Option<i32>,
    /// The partition, such as orders-0 or __consumer_offsets-7; all, if not given.
    pub partition: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(subcommand_negates_reqs = true, arg_required_else_help = true)]
pub(super) struct CommandOptions {
    /// The page's port of the server.
    #[arg(long, default_value_t = 8080, global = true)]
    pub port: u16,
    /// The command as JSON, such as '{"do":"killBroker","node":2}': all that a page can do.
    #[arg(long, value_name = "COMMAND")]
    pub json: Option<String>,
    #[command(subcommand)]
    pub what: Option<What>,
}

/// What is done to a node, which is a broker, a controller or both, to a link, or to a partition. The ends of a link are nodes by their number, clients of the
/// playground by their name, or `brokers`, `controllers`, `clients`, `outside`, `all`.
#[derive(Debug, clap::Subcommand)]
pub(super) enum What {
    /// Ends a node's processes without a word; what they appended stays.
    Kill {
        node: i32,
        /// Its machine loses power: what was not flushed is lost, and nobody hears of it.
        #[arg(long)]
        machine: bool,
    },
    /// Asks a node to shut down.
    Stop { node: i32 },
    /// Starts a node that is down, from its disk.
    Restart { node: i32 },
    /// Lets a node's processes stand still.
    Pause { node: i32 },
    /// Lets them go on.
    Resume { node: i32 },
    /// Lets every input take a node FACTOR times 100 µs.
    Slow { node: i32, factor: u32 },
    /// Leaves no room on a node's disk: the next append halts it.
    FillDisk { node: i32 },
    /// Makes room again.
    FreeDisk { node: i32 },
    /// Lets every append take a node's disk MS.
    SlowDisk { node: i32, ms: u32 },
    /// Sets a node's clock wrong by OFFSET_MS.
    Clock {
        node: i32,
        #[arg(allow_negative_numbers = true)]
        offset_ms: i64,
    },
    /// Cuts the link between two.
    Cut {
        from: String,
        to: String,
        /// Only what FROM sends is lost.
        #[arg(long)]
        one_way: bool,
    },
    /// Makes the link between two whole; without them, everything.
    #[command(arg_required_else_help = false)]
    Heal {
        #[arg(requires = "to")]
        from: Option<String>,
        to: Option<String>,
    },
    /// Gives the link between two a speed.
    Link {
        from: String,
        to: String,
        #[arg(long, default_value_t = 0)]
        latency_ms: i64,
        #[arg(long, default_value_t = 0)]
        jitter_ms: i64,
        #[arg(long)]
        bytes_per_second: Option<i64>,
    },
    /// Breaks all connections between two.
    Break { from: String, to: String },
    /// Lets a node's next COUNT responses of an API meet with EFFECT: `lost`, `error NAME` or `delay MS`.
    Fault {
        node: i32,
        api: String,
        count: u32,
        #[arg(required = true, num_args = 1..=2)]
        effect: Vec<String>,
    },
    /// Has a partition, such as orders-0, led by its preferred leader: its first replica.
    Elect {
        partition: String,
        /// By any replica that lives, where nobody leads: what only others had is lost.
        #[arg(long)]
        unclean: bool,
    },
    /// Moves a partition, such as orders-0, to BROKERS, such as 2,3, the preferred leader first.
    Reassign {
        partition: String,
        #[arg(required = true, value_delimiter = ',')]
        brokers: Vec<i32>,
    },
    /// Leaves a partition that is being reassigned on the replicas that it had.
    Cancel { partition: String },
    /// Deletes the records of a partition, such as orders-0; all that are committed, without --before.
    DeleteRecords {
        partition: String,
        /// The first offset that stays.
        #[arg(long, value_name = "OFFSET")]
        before: Option<i64>,
    },
    /// Sets a config: `config topic orders retention.ms=60000`, `config group G …`, `config broker 2 …`, or `config brokers …` for all of
    /// them. KEY alone has its default again.
    Config {
        /// `topic NAME`, `group NAME`, `broker ID` or `brokers`, then KEY=VALUE or KEY.
        #[arg(required = true, num_args = 2..=3, value_names = ["OF", "NAME", "KEY=VALUE"])]
        words: Vec<String>,
    },
    /// Tells how the nodes and links are.
    State,
}

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// How many brokers, 1 to 9.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(i32).range(1..=9))]
    pub brokers: i32,
    /// Voters of the controllers' quorum, 1, 3 or 5; 3, or 1 for fewer than three brokers, if not given.
    #[arg(long, value_name = "N")]
    pub controllers: Option<i32>,
    /// Keeps the controllers on nodes of their own, 101 and up, not on the first brokers' nodes.
    #[arg(long)]
    pub controllers_apart: bool,
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    /// The host that clients are told to connect to, where it is not --host.
    #[arg(long, value_name = "HOST")]
    pub advertise: Option<String>,
    /// Broker 1's port; 0: any free ports.
    #[arg(long, default_value_t = 9092)]
    pub port: u16,
    /// The page's port; 0: any that is free.
    #[arg(long, default_value_t = 8080, conflicts_with = "no_http")]
    http_port: u16,
    /// Serve no page.
    #[arg(long)]
    no_http: bool,
    /// The folder of the page, instead of the one inside of this program.
    #[arg(long, value_name = "DIR", conflicts_with = "no_http")]
    pub page: Option<PathBuf>,
    /// Makes what is drawn at random the same again; any, if not given.
    #[arg(long)]
    pub seed: Option<u64>,
    /// The brokers' racks, broker 1's first, such as a,a,b.
    #[arg(long, value_name = "RACK", value_delimiter = ',')]
    pub racks: Vec<String>,
    /// A broker setting of Apache Kafka, such as num.partitions=4; may be given several times.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
}

impl Options {
    pub fn settings(&self) -> Result<BrokerSettings, StartError> {
        let mut settings = Config::default().settings;
        for setting in &self.settings {
            let (key, value) = setting.split_once('=').ok_or_else(|| StartError(format!("--set {setting}: write KEY=VALUE")))?;
            settings.set(key.trim(), value.trim()).map_err(|error| StartError(format!("--set {setting}: {error}")))?;
        }
        Ok(settings)
    }

    pub fn port_of(&self, node: i32) -> Result<u16, StartError> {
        let port = match self.port {
            0 => Some(0),
            first => u16::try_from(node - 1).ok().and_then(|further| first.checked_add(further)),
        };
        port.ok_or_else(|| StartError(format!("--port {}: no port is left for broker {node}; the highest is 65535", self.port)))
    }

    pub const fn http_port(&self) -> Option<u16> {
        if self.no_http { None } else { Some(self.http_port) }
    }

    /// What clients are told: nobody can connect to "all addresses", so these stand for this machine.
    pub fn advertised_host(&self) -> String {
        let unspecified = self.host.parse::<IpAddr>().is_ok_and(|address| address.is_unspecified());
        self.advertise.clone().unwrap_or_else(|| if unspecified { "localhost".to_owned() } else { self.host.clone() })
    }
}

/// Help and version go to standard output; an error is one line, with exit status 2.
pub(super) fn report(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print!("{error}");
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprint!("{error}");
            ExitCode::from(2)
        }
        _ => {
            let text = error.to_string();
            let first: Vec<&str> = text.lines().take_while(|line| !line.trim().is_empty()).map(str::trim).collect();
            eprintln!("partita: {} (see --help)", first.join(" ").trim_start_matches("error: "));
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Options, Program};
    use clap::Parser as _;

    fn options(arguments: &[&str]) -> Options {
        let all = ["partita", "serve"].iter().chain(arguments);
        match Program::try_parse_from(all) {
            Ok(Program::Serve(options)) => options,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        <Program as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn brokers_have_ports_one_after_another() {
        let options = options(&["--port", "65534"]);
        assert_eq!(options.port_of(2).ok(), Some(65535));
        assert!(options.port_of(3).is_err_and(|error| error.to_string().contains("no port is left for broker 3")));
    }

    #[test]
    fn a_wrong_setting_is_refused_by_name() {
        for (setting, said) in
            [("num.partitons=3", "num.partitons"), ("num.partitions=many", "num.partitions"), ("num.partitions", "KEY=VALUE")]
        {
            let error = options(&["--set", setting]).settings().expect_err(setting).to_string();
            assert!(error.contains(said), "{error}");
        }
        assert!(options(&["--set", "num.partitions=3"]).settings().is_ok());
    }

    #[test]
    fn all_addresses_are_advertised_as_this_machine() {
        assert_eq!(options(&["--host", "0.0.0.0"]).advertised_host(), "localhost");
        assert_eq!(options(&["--host", "0.0.0.0", "--advertise", "kafka.example"]).advertised_host(), "kafka.example");
        assert_eq!(options(&["--host", "127.0.0.2"]).advertised_host(), "127.0.0.2");
    }
}
